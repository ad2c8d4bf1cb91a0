"""Read documents of many kinds as text, of which every character knows where it stands.

The readers load when they are used, so that importing this costs nothing.
"""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from readson.errors import DocumentError, Problem

if TYPE_CHECKING:
    from readson.documents.content import Content
    from readson.documents.model import Document

__all__ = ["LARGEST", "read_document", "read_document_bytes"]

LARGEST = 20_000_000


def read_document(path: Path) -> Document:
    """Read a file; raises DocumentError with the file, the place, what is wrong and what to do."""
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        raise DocumentError([Problem(str(path), 0, 0, f"cannot be read: {error.strerror}")]) from error
    return read_document_bytes(path.as_posix(), data)


def read_document_bytes(name: str, data: bytes) -> Document:
    """Read the bytes of a file; `name` stands in errors, and its suffix is a hint at the form."""
    from readson.documents.model import Document

    if len(data) > LARGEST:
        raise DocumentError([Problem(name, 0, 0, f"more than {LARGEST // 1_000_000} MB; split the file")])
    if not data:
        raise DocumentError([Problem(name, 0, 0, "the file is empty")])
    form, content = _read(name, data) if data.strip() else ("", None)
    if content is None or not content.text.strip():
        raise DocumentError([Problem(name, 0, 0, "the file holds no text")])
    return Document(
        PurePosixPath(name).name,
        form,
        hashlib.sha256(data).hexdigest(),
        content.text,
        content.places,
        content.blocks,
        content.tables,
        content.fields,
        content.boxes,
    )


def _read(name: str, data: bytes) -> tuple[str, Content]:
    from readson.documents.decoding import decode
    from readson.documents.recognition import binary_form, text_form

    form = binary_form(name, data)
    if form == "xlsx":
        from readson.documents.workbook import read_workbook

        return form, read_workbook(name, data)
    if form == "pdf":
        from readson.documents.pdf_text import read_pdf

        return form, read_pdf(name, data)
    decoded = decode(name, data)
    form = text_form(name, decoded.text)
    if form in ("rdf", "description"):
        from readson.documents.content import Content

        return form, Content(decoded.text, decoded.line_places())
    if form == "json":
        from readson.documents.json_values import read_json

        return form, read_json(name, decoded)
    if form == "yaml":
        from readson.documents.yaml_values import read_yaml

        return form, read_yaml(name, decoded)
    if form in ("xml", "ipc-1752a"):
        from readson.documents.xml_values import read_xml

        return form, read_xml(name, decoded)
    if form == "csv":
        from readson.documents.delimited import read_delimited

        return form, read_delimited(name, decoded)
    if form == "html":
        from readson.documents.html_page import read_html

        return form, read_html(decoded)
    from readson.documents.running import read_running

    return form, read_running(decoded)
