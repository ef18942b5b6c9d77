"""The form of an entry in the catalogue of checks (``minerals.rules.catalogue``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from minerals.rules.judgement import Severity

Group = Literal[
    "file", "checker", "header", "answers", "contradictions", "smelters", "plausibility"
]


@dataclass(frozen=True, slots=True)
class Check:
    """One check, documented once and shown with its meaning in the product.

    ``message``, ``why`` and ``remedy`` are message ids with ``%(name)s`` placeholders that are
    filled from ``Finding.params``. ``code`` is snake_case and is never renamed.
    """

    code: str
    group: Group
    severity: Severity
    title: str
    message: str
    why: str
    remedy: str
