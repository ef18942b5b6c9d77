"""Word lists the rules compare with, from ``data/words.toml`` and ``data/origins.toml``."""

from __future__ import annotations

import tomllib
from pathlib import Path

_FOLDER = Path(__file__).with_name("data")
_WORDS = tomllib.loads((_FOLDER / "words.toml").read_text("utf-8"))
_ORIGINS = tomllib.loads((_FOLDER / "origins.toml").read_text("utf-8"))

LEGAL_WORDS = frozenset(_WORDS["legal"].split())
TRADE_WORDS = frozenset(_WORDS["trade"].split())
PLACEHOLDERS = tuple(text.strip() for text in _WORDS["placeholders"].split(";"))
ANSWER_WORDS: dict[str, str] = {
    word: answer for answer, words in _WORDS["answers"].items() for word in words.split()
}
COVERED_COUNTRIES: tuple[str, ...] = tuple(_ORIGINS["covered"])
RECYCLED_WORDS: tuple[str, ...] = tuple(_ORIGINS["recycled"])
# Other spellings of a country, in one spelling, to the one the templates use, in one spelling too.
COUNTRY_NAMES: dict[str, str] = {
    other: country for country, others in _WORDS["countries"].items() for other in others.split()
}
