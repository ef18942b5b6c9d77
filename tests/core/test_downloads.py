"""Names of files that are handed out."""

from __future__ import annotations

import io

import pytest

from core.downloads import attachment, safe_name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("亮锡 CMRT.xlsm", "亮锡 CMRT.xlsx"),
        ("..\\..\\etc/passwd", "passwd.xlsx"),
        ('a<b>:"c".xlsx', "a_b___c_.xlsx"),
        ("line\nbreak.xlsx", "line_break.xlsx"),
        ("...", "file.xlsx"),
        ("", "file.xlsx"),
        ("x" * 300, "x" * 150 + ".xlsx"),
    ],
)
def test_safe_name(name: str, expected: str) -> None:
    assert safe_name(name, "xlsx") == expected


def test_attachment_is_saved_and_never_shown() -> None:
    response = attachment(io.BytesIO(b"x"), "a.html", "bin")
    assert response.headers["Content-Disposition"] == 'attachment; filename="a.bin"'
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
