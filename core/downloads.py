"""Handing out files that came from outside: always saved, never shown in the browser."""

from __future__ import annotations

from pathlib import PurePath
from typing import IO

from django.core.files import File
from django.http import FileResponse, HttpResponseBase

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CONTENT_TYPES = {"xlsx": XLSX, "xls": "application/vnd.ms-excel"}
UNSAFE = frozenset('\\/:*?"<>|')


def safe_name(name: str, ending: str) -> str:
    """``name`` without folders and signs that file systems refuse, with the true ending."""
    stem = PurePath(name.replace("\\", "/")).stem or "file"
    clean = "".join("_" if sign in UNSAFE or not sign.isprintable() else sign for sign in stem)
    return f"{clean.strip('. ')[:150] or 'file'}.{ending}"


def attachment(stream: IO[bytes] | File[bytes], name: str, kind: str) -> FileResponse:
    """A download named ``name`` with the ending ``kind``, kept in no cache."""
    response = FileResponse(
        stream,
        as_attachment=True,
        filename=safe_name(name, kind),
        content_type=CONTENT_TYPES.get(kind, "application/octet-stream"),
    )
    keep_nowhere(response)
    return response


def keep_nowhere(response: HttpResponseBase) -> None:
    """Neither browser nor proxy keeps what is handed out, nor guesses what it is."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
