"""What adapters share: run one engine in a process of its own and print its figures as JSON.

An adapter is called with the files of shapes and data, as N-Triples. It loads both, validates once cold and
then again until the seconds granted are spent, and writes the last report as RDF if a file is named for it.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REPEATS = 5


@dataclass(frozen=True)
class Engine:
    """One engine: how it loads files, validates what it has loaded, counts its results and writes its report.

    Where every validation parses the data again, `parse` does that alone, so that it can be taken off.
    """

    version: str
    load: Callable[[Path, Path], Any]
    validate: Callable[[Any], Any]
    count: Callable[[Any], int | None]
    write: Callable[[Any, Path], None]
    parse: Callable[[Any], Any] | None = None


def clocked(action: Callable[..., Any], *args: Any) -> tuple[Any, float]:
    """Do something; give the result and the lesser of wall-clock and CPU seconds.

    Other work on the machine stretches the first, threads that help stretch the second.
    """
    wall, cpu = time.perf_counter(), time.process_time()
    result = action(*args)
    return result, min(time.perf_counter() - wall, time.process_time() - cpu)


def peak() -> int:
    """Give the largest memory of this process in bytes, without that of its parent, which rusage counts."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(re.findall(r"^VmHWM:\s+(\d+) kB", status, flags=re.MULTILINE)[0]) * 1024


def run(engine: Engine) -> None:
    """Measure an engine on the files named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shapes", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("--seconds", type=float, default=0.0, help="to spend on validating")
    parser.add_argument("--report", type=Path, help="file for the report, as N-Triples")
    options = parser.parse_args()
    loaded, loading = clocked(engine.load, options.shapes, options.data)
    parsing = clocked(engine.parse, loaded)[1] if engine.parse else 0.0
    until = time.perf_counter() + options.seconds
    report, first = clocked(engine.validate, loaded)
    spent = [first]
    while time.perf_counter() < until and len(spent) <= REPEATS:
        report, again = clocked(engine.validate, loaded)
        spent.append(again)
    figures = {
        "version": engine.version,
        "load": loading,
        "first": first - parsing,
        "warm": min(spent) - parsing,
        "memory": peak(),
        "results": engine.count(report),
    }
    if options.report:
        engine.write(report, options.report)
    print(json.dumps(figures))
