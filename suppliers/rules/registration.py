"""Numbers of public registers: reduced for comparing, checked as far as their rules are public."""

from __future__ import annotations

import re

_NOISE = re.compile(r"[\s\-./]")
# GB 32100-2015: no I, O, S, V, Z.
_USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_VAT = re.compile(r"[A-Z0-9]{4,20}")


def registration_key(number: str) -> str:
    """The number without spaces and dashes, in capitals: equal keys are the same number."""
    return _NOISE.sub("", number).upper()


def is_plausible(kind: str, number: str) -> bool:
    """Whether ``number`` can be a number of that kind (``uscc``, ``duns``, ``vat``, ``other``)."""
    key = registration_key(number)
    if kind == "uscc":
        return _uscc(key)
    if kind == "duns":
        return len(key) == 9 and key.isascii() and key.isdigit()
    if kind == "vat":
        return bool(_VAT.fullmatch(key))
    return bool(key)


def _uscc(key: str) -> bool:
    """18 signs, the last one a check sign modulo 31 (GB 32100-2015, 5.2)."""
    if len(key) != 18 or any(sign not in _USCC_SIGNS for sign in key):
        return False
    total = sum(
        weight * _USCC_SIGNS.index(sign) for weight, sign in zip(_USCC_WEIGHTS, key, strict=False)
    )
    return _USCC_SIGNS[(31 - total % 31) % 31] == key[17]
