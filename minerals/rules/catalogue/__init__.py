"""Every finding code, once: what it means, why it matters, how to fix it.

Shown in the product, in the correction workbook and in ``docs/checks.md``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from minerals.rules.catalogue.answers import ANSWER_CHECKS
from minerals.rules.catalogue.checker import CHECKS as CHECKER_CHECKS
from minerals.rules.catalogue.contradictions import CONTRADICTION_CHECKS
from minerals.rules.catalogue.file import FILE_CHECKS
from minerals.rules.catalogue.header import HEADER_CHECKS
from minerals.rules.catalogue.plausibility import PLAUSIBILITY_CHECKS
from minerals.rules.catalogue.smelters import SMELTER_CHECKS
from minerals.rules.catalogue.upload import CHECKS as UPLOAD_CHECKS
from minerals.rules.checks import Check


def merged(groups: Iterable[Iterable[Check]]) -> Mapping[str, Check]:
    """One catalogue of all groups; ``ValueError`` when a code is used twice."""
    catalogue: dict[str, Check] = {}
    for entry in (entry for group in groups for entry in group):
        if entry.code in catalogue:
            raise ValueError(f"The finding code {entry.code} is used twice.")
        catalogue[entry.code] = entry
    return MappingProxyType(catalogue)


CATALOGUE: Mapping[str, Check] = merged(
    (
        UPLOAD_CHECKS,
        FILE_CHECKS,
        CHECKER_CHECKS,
        HEADER_CHECKS,
        ANSWER_CHECKS,
        CONTRADICTION_CHECKS,
        SMELTER_CHECKS,
        PLAUSIBILITY_CHECKS,
    )
)


def check(code: str) -> Check:
    """The entry of a code; ``KeyError`` when no such code exists."""
    return CATALOGUE[code]
