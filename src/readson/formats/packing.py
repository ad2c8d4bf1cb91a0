"""Packing: Office files with the same bytes every time, whatever the clock says."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first date that a ZIP archive can hold."""


def repacked(archive: bytes) -> bytes:
    """Write an archive again with all its files dated the same."""
    stream = BytesIO()
    with ZipFile(BytesIO(archive)) as old, ZipFile(stream, "w") as new:
        for name in old.namelist():
            info = ZipInfo(name, EPOCH)
            info.compress_type, info.create_system, info.external_attr = ZIP_DEFLATED, 0, 0
            new.writestr(info, old.read(name))
    return stream.getvalue()
