"""A document that suppliers sign, as PDF: sealed after signing online, or blank for paper.

Texts reach the template as JSON through ``sys.inputs`` and are shown as plain strings, so that
nothing a supplier typed is ever read as markup. The fonts beside this file (Noto Sans SC, SIL Open
Font License) are the only ones used: the same pages on every machine.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path

import typst

FOLDER = Path(__file__).resolve().parent
TEMPLATE = FOLDER / "commitment.typ"
# A run of signs without a gap would stand out over the margin.
_LONG_RUN = re.compile(r"[\x21-\x7e\u00a1-\u024f]{40,}")
_BREAK_EVERY = 24
_ZERO_WIDTH_SPACE = "\u200b"


class PdfFailed(Exception):
    """The PDF could not be made; the reason is for the log."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the parties or of the signature; ``is_code``: a hash, set small."""

    label: str
    value: str
    is_code: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """The document in one language: ``language`` is ``en`` or ``zh``."""

    language: str
    title: str
    subtitle: str
    parties: tuple[Fact, ...]
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """``note`` explains the block; ``lines`` without value are lines to write on."""

    heading: str
    lines: tuple[Fact, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class CommitmentSheet:
    """``footer`` stands at the bottom of each page, before the page number."""

    sections: tuple[Section, ...]
    signature: SignatureBlock
    footer: str = ""


def commitment_pdf(sheet: CommitmentSheet, made_at: dt.datetime) -> bytes:
    """The PDF of ``sheet``; ``made_at`` is the moment kept as its date of creation.

    Errors: PdfFailed.
    """
    data = json.dumps(_breakable(asdict(sheet)), ensure_ascii=False)
    try:
        made = typst.compile(
            str(TEMPLATE),
            root=str(FOLDER),
            font_paths=[str(FOLDER / "fonts")],
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"data": data},
            timestamp=int(made_at.timestamp()),
        )
    except (RuntimeError, OSError, ValueError) as error:
        raise PdfFailed(str(error)) from error
    if not isinstance(made, bytes):
        raise PdfFailed("The typesetter gave no bytes.")
    return made


def _breakable(value: object) -> object:
    """The same data, long runs of signs with places where a line may end."""
    if isinstance(value, dict):
        keep = bool(value.get("is_code"))
        return {key: part if keep else _breakable(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_breakable(part) for part in value]
    return _LONG_RUN.sub(_with_breaks, value) if isinstance(value, str) else value


def _with_breaks(run: re.Match[str]) -> str:
    text = run.group()
    parts = [text[at : at + _BREAK_EVERY] for at in range(0, len(text), _BREAK_EVERY)]
    return _ZERO_WIDTH_SPACE.join(parts)
