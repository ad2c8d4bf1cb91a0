"""Measure Apache Jena, by Debian's package, unpacked into the folder that the variable JENA names.

As packaged it does not start: resources of Xerces lie where nothing looks for them. They are copied to their
place first, into a folder in front of the jars.
"""

import os
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import jvm
from adapter import Engine, run

FOLDER = Path(os.environ["JENA"])
MOVED = "org/apache/jena/ext/"


def jars() -> list[Path]:
    """List the jars, of bindings of the logger only the one that keeps silent."""
    found = [jar for jar in sorted((FOLDER / "usr/share/java").glob("*.jar")) if not jar.is_symlink()]
    bindings = [jar for jar in found if jar.name.startswith("slf4j-") or "-over-" in jar.name]
    return [jar for jar in found if jar not in bindings or jar.stem in ("slf4j-api", "slf4j-nop")]


def mended() -> Path:
    """Put the resources of Xerces where they are looked for."""
    folder = FOLDER / "mended"
    with ZipFile(FOLDER / "usr/share/java/jena-core.jar") as jar:
        for name in jar.namelist():
            if name.startswith(f"{MOVED}xerces/") and name.endswith(".properties"):
                target = folder / name.removeprefix(MOVED)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(jar.read(name))
    return folder


def load(shapes: Path, data: Path) -> tuple[Any, Any]:
    """Parse both files and compile the shapes."""
    return Shapes.parse(RDFDataMgr.loadGraph(str(shapes))), RDFDataMgr.loadGraph(str(data))


def report(loaded: tuple[Any, Any]) -> Any:
    """Validate."""
    return ShaclValidator.get().validate(*loaded)


def version() -> str:
    """Read the version off the name that Debian links to the jar."""
    link = next(path for path in (FOLDER / "usr/share/java").glob("jena-shacl-*.jar"))
    return link.stem.removeprefix("jena-shacl-")


if __name__ == "__main__":
    jvm.start(mended(), *jars())
    from org.apache.jena.riot import RDFDataMgr
    from org.apache.jena.shacl import ShaclValidator, Shapes

    count = lambda found: found.getEntries().size()  # noqa: E731
    run(Engine(version(), load, report, count, lambda found, path: jvm.write(found.getGraph(), path)))
