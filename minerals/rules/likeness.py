"""Whether two company names may mean the same company."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz import fuzz

from minerals.rules.normalise import normalised, scoring_text

# Suppliers abbreviate their own name and add a city or a division, so this is generous: it must
# stay silent for "Bright Tin" against "Bright Tin Electronics (Shenzhen) Co., Ltd.".
_SAME = 80
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def similar(first: str, second: str) -> bool:
    """Alike enough to be one name spelt twice, or one the beginning of the other."""
    one, two = scoring_text(first), scoring_text(second)
    if _CJK.search(first):  # words are not separated, so parts of the text are compared
        return fuzz.partial_ratio(one, two) >= _SAME
    return max(fuzz.token_set_ratio(one, two), fuzz.ratio(one, two)) >= _SAME


def same_company(name: str, known: Iterable[str]) -> bool:
    """True also when no known name is in the same script: then nothing can be said."""
    comparable = [other for other in known if bool(_CJK.search(other)) == bool(_CJK.search(name))]
    if not comparable:
        return True
    return any(
        normalised(name) == normalised(other) or similar(name, other) for other in comparable
    )
