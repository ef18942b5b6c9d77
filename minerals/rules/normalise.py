"""One spelling for names that people write in many ways."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from minerals.rules.words import LEGAL_WORDS

# Letters that have no decomposition in Unicode, so NFKD alone would leave them as they are.
_PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
_CJK_LEGAL_FORMS = re.compile(
    "股份有限公司|有限责任公司|有限公司|有限責任公司|集团公司|公司|集团|株式会社|有限会社"
)
_DOTTED_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_WORD = re.compile(r"[^\W_]+")


def metal_key(metal: str) -> str:
    return metal.strip().casefold()


def cid_key(cid: str) -> str:
    return cid.strip().upper()


@lru_cache(maxsize=16_384)
def folded(text: str) -> str:
    """Without accents, width and case: ``Ｏü`` becomes ``ou``."""
    parts = unicodedata.normalize("NFKD", text).casefold().translate(_PLAIN_LETTERS)
    return "".join(char for char in parts if not unicodedata.combining(char))


@lru_cache(maxsize=16_384)
def normalised(text: str) -> str:
    """Letters and digits only, folded. Two names are the same name when this is equal.

    Legal forms stay: "Acme Inc" and "Acme Ltd" may be two companies.
    """
    return "".join(char for char in folded(text) if char.isalnum())


@lru_cache(maxsize=16_384)
def telling_words(text: str) -> tuple[str, ...]:
    """The words that tell companies apart; legal forms dropped unless nothing would be left."""
    plain = _DOTTED_INITIALS.sub(lambda found: found.group().replace(".", ""), folded(text))
    words = _WORD.findall(_CJK_LEGAL_FORMS.sub(" ", plain))
    telling = [word for word in words if word not in LEGAL_WORDS]
    return tuple(telling or _WORD.findall(plain))


def scoring_text(text: str) -> str:
    """``telling_words`` in the order written."""
    return " ".join(telling_words(text))


def sorted_text(text: str) -> str:
    """``telling_words`` sorted: word order no longer matters."""
    return " ".join(sorted(telling_words(text)))
