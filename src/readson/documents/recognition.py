"""Tell what a file is by what stands in it; its suffix decides only where the content leaves a choice."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from readson.documents.delimiters import delimiter_of
from readson.documents.line_marks import ruled
from readson.documents.pipes import is_divider
from readson.errors import DocumentError, Problem

SUFFIXES = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".htm": "html",
    ".html": "html",
    ".xhtml": "html",
    ".csv": "csv",
    ".tsv": "csv",
    ".tab": "csv",
    ".json": "json",
    ".jsonl": "json",
    ".ndjson": "json",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".xml": "xml",
    ".ttl": "rdf",
    ".nt": "rdf",
    ".nq": "rdf",
    ".jsonld": "rdf",
}
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Files that people have at hand and that hold no text for us, with what to do about it.
_OTHERS = (
    (b"\x89PNG", "a picture; write down what it shows"),
    (b"\xff\xd8\xff", "a picture; write down what it shows"),
    (b"GIF8", "a picture; write down what it shows"),
    (b"II*\x00", "a picture; write down what it shows"),
    (b"MM\x00*", "a picture; write down what it shows"),
    (b"\x1f\x8b", "compressed; unpack it first"),
    (b"BZh", "compressed; unpack it first"),
    (b"7z\xbc\xaf", "compressed; unpack it first"),
    (b"Rar!", "compressed; unpack it first"),
    (b"{\\rtf", "a rich text file; save it as text, HTML or PDF"),
)
_HTML = re.compile(
    r"<!doctype\s+html|<(?:html|head|body|title|meta|article|section|main|div|p|h[1-6]|table|ul|ol|dl|span|b)\b[^<>]*>",
    re.IGNORECASE,
)
_XML = re.compile(r"<\?xml\b|<!--|<!DOCTYPE|<[A-Za-z_][\w.-]{0,99}(?::[A-Za-z_][\w.-]{0,99})?[\s/>]")
_ROOT = re.compile(r"<(?:[\w.-]{1,99}:)?([A-Za-z_][\w.-]{0,99})[\s/>]")
_TURTLE = re.compile(r"(?:@prefix|@base|PREFIX|BASE)\s{1,20}[\w.-]{0,60}:?\s{0,20}<", re.IGNORECASE)
_TRIPLE = re.compile(r"(?:<[^<>\s]{1,999}>|_:\S{1,99})\s{1,20}<[^<>\s]{1,999}>\s{1,20}[<\"_]")
_JSON = re.compile(
    r"\{\s{0,99}[\"}]|\[\s{0,99}(?:[\[{\"\]]|-?\d[\d.eE+-]{0,30}\s{0,99},|true\b|false\b|null\b)"
)
_JSON_LD = re.compile(r"\"@(?:context|graph)\"\s{0,9}:")
_TOP_KEY = re.compile(r"([A-Za-z_][\w -]{0,60}):(?:\s|$)")
_MARKDOWN = re.compile(r"#{1,6} \S|```|~~~")
_HEAD = 20_000


def binary_form(name: str, data: bytes) -> str:
    """Tell a PDF or a workbook, or "" for what may be text. Raises DocumentError for what is neither."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith((_ZIP, _OLE)):
        return "xlsx"
    for magic, what in _OTHERS:
        if data.startswith(magic):
            raise DocumentError([Problem(name, 0, 0, f"the file is {what}")])
    return ""


def text_form(name: str, text: str) -> str:
    """Tell what a text is: the form of the document that it becomes."""
    suffix = SUFFIXES.get(PurePosixPath(name).suffix.lower(), "")
    head = text[:_HEAD].lstrip()
    if suffix == "markdown":
        return suffix
    return (
        _bracketed(head, text[-200:].rstrip(), suffix)
        or _rdf(head)
        or ("description" if _is_description(text) else "")
        or (suffix if suffix in ("yaml", "json", "xml", "csv", "rdf") else "")
        or _laid_out(head, suffix)
    )


def _bracketed(head: str, tail: str, suffix: str) -> str:
    """Tell what begins with a bracket of some kind, and ends with its like."""
    if head.startswith("<"):
        if _TRIPLE.match(head):
            return "rdf"
        if _HTML.match(head) or (suffix == "html" and not head.startswith("<?xml")):
            return "html"
        return _xml(head, tail, suffix) if _XML.match(head) else ""
    if suffix == "json" or (suffix != "yaml" and _JSON.match(head) and tail.endswith(("}", "]"))):
        return "rdf" if _JSON_LD.search(head) else "json"
    return ""


def _xml(head: str, tail: str, suffix: str) -> str:
    """Tell HTML, RDF and material declarations from other XML, by the name of the outermost element."""
    found = _ROOT.search(head)
    root = found[1] if found else ""
    if root.lower() in ("html", "rdf"):
        return root.lower()
    closed = tail.endswith((f"<{root}/>", f"<{root} />", f"</{root}>", f":{root}>"))
    if not (head.startswith("<?xml") or suffix == "xml" or (root and closed)):
        return ""
    declares = root == "MainDeclaration" or "ipc.org/175x" in head[:4000].lower()
    return "ipc-1752a" if declares else "xml"


def _rdf(head: str) -> str:
    """Tell Turtle and N-Triples by their first line that is no comment."""
    lines = (line.strip() for line in head.split("\n")[:200])
    first = next((line for line in lines if line and not line.startswith("#")), "")
    return "rdf" if _TURTLE.match(first) or _TRIPLE.match(first) else ""


def _is_description(text: str) -> bool:
    """Tell a product described in the project's own format: nothing stands at the left but its keys."""
    if not re.search(r"^product:", text, re.MULTILINE):
        return False
    lines = [line for line in text.split("\n") if line[:1] not in ("", *" \t#-.]}")]
    keys = [
        found[1] if (found := _TOP_KEY.match(line)) else "" for line in lines if not line.startswith("...")
    ]
    return "" not in keys and bool({"parts", "process"} & set(keys))


def _laid_out(head: str, suffix: str) -> str:
    """Tell a table of delimited cells, Markdown, and running text."""
    lines = head.split("\n")
    if suffix == "html" or re.match(r"---\s{0,9}\n[\w\"'-]", head):
        return suffix or "yaml"
    if any(_MARKDOWN.match(line) or (is_divider(line) and not ruled(line.strip())) for line in lines):
        return "markdown"
    return "csv" if not suffix and delimiter_of(head, strict=True) else "text"
