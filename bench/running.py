"""Run a command and measure what it took."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Run:
    """What a command took: seconds, seconds of processor time, and GB of all its processes together."""

    wall: float
    processor: float
    memory: float


def run(command: Sequence[str | Path]) -> Run:
    """Run a command in a process of its own; exits where it fails."""
    begin, before, memory = time.perf_counter(), os.times(), 0.0
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while process.poll() is None:
        memory = max(memory, sum(map(resident, family(process.pid))))
        time.sleep(0.1)
    if process.returncode:
        raise SystemExit(f"the run failed: {' '.join(map(str, command))}")
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(time.perf_counter() - begin, spent, memory)


def family(pid: int) -> list[int]:
    """List a process and those that it started."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(one for child in children for one in family(int(child)))]


def resident(pid: int) -> float:
    """Give the memory that a process has to itself, and its share of what it shares, in GB."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    found = re.search(r"^Pss: +(\d+) kB", text, flags=re.MULTILINE)
    return int(found[1]) * 1024 / 1e9 if found else 0.0
