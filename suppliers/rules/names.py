"""Comparing company names."""

from __future__ import annotations

import re
import unicodedata

# Legal forms say nothing about which company it is. Whole words only, longest first.
_LATIN_FORMS = re.compile(
    r"\b(?:co|company|corp|corporation|inc|incorporated|ltd|limited|llc|llp|plc|pte|pty|pvt|"
    r"private|gmbh|ag|kg|kgaa|ohg|ug|se|sa|sas|sarl|srl|spa|snc|bv|nv|ab|as|asa|oy|oyj|aps|"
    r"kk|sdn|bhd|jsc|joint\s+stock|tbk|pt|sro|zoo|kft|the|and|of)\b"
)
_CHINESE_FORMS = re.compile(
    "股份有限公司|有限责任公司|有限公司|股份公司|集团公司|公司|集团|株式会社|有限会社"
)
_IN_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")


def name_key(name: str) -> str:
    """A company name reduced to letters and digits, for exact comparison only."""
    folded = unicodedata.normalize("NFKD", name).casefold()
    return "".join(char for char in folded if char.isalnum())[:255]


def core_key(name: str) -> str:
    """``name_key`` without legal forms and what stands in brackets; for finding duplicates.

    A name of which nothing would remain is kept whole.
    """
    folded = unicodedata.normalize("NFKD", name).casefold()
    bare = _IN_BRACKETS.sub(" ", folded)
    bare = re.sub(r"[.,'’]", "", bare).replace("&", " and ")
    bare = _CHINESE_FORMS.sub(" ", _LATIN_FORMS.sub(" ", bare))
    return name_key(bare) or name_key(name)
