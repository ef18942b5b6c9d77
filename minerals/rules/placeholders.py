"""Texts that fill a cell without answering: placeholders, and names of traders.

English and Chinese, as met in supplier files. Compared after normalising, as a whole text for
placeholders, so that a company called "None Such Metals" is none.
"""

from __future__ import annotations

import re

from minerals.rules.normalise import folded, normalised
from minerals.rules.words import PLACEHOLDERS

_PLACEHOLDERS = frozenset(normalised(text) for text in PLACEHOLDERS)
_TRADE = re.compile(
    r"\b(?:trading|traders?|import(?:\s*(?:&|and)\s*|[\s/-]*)export|distributors?|distribution|"
    r"sourcing|agency|agents?|brokers?|brokerage|warehouse|sales\s+office|representative\s+office|"
    r"procurement|resellers?|stockists?)\b"
)
_TRADE_CJK = re.compile("贸易|貿易|进出口|進出口|经销|經銷|代理|商行|办事处|辦事處|营业部|批发")


def is_placeholder(text: str) -> bool:
    """A text that stands for "nothing to say"; also a text without any letter or digit."""
    if not text.strip():
        return False
    key = normalised(text)
    return not key or key in _PLACEHOLDERS


def looks_like_trader(text: str) -> bool:
    """A company that sells or moves metal rather than smelts it, going by its name."""
    return bool(_TRADE.search(folded(text)) or _TRADE_CJK.search(text))
