"""A finding in words, in any language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from minerals.rules.catalogue import check
from minerals.rules.catalogue.labels import TRANSLATED_PARAMS
from minerals.rules.judgement import Finding

Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class FindingText:
    """``message`` says what was found, ``why`` why it matters, ``remedy`` how to fix it."""

    title: str
    message: str
    why: str
    remedy: str


class _Filled(dict[str, str]):
    """A missing parameter shows as an ellipsis: an old record must never break a page."""

    def __missing__(self, key: str) -> str:
        return "…"


def filled(message: str, params: Mapping[str, str], translate: Translate) -> str:
    """``message`` translated and its placeholders filled.

    Values of ``TRANSLATED_PARAMS`` are translated too.
    """
    values = _Filled(params)
    for name in TRANSLATED_PARAMS & values.keys():
        if values[name]:
            values[name] = translate(values[name])
    return translate(message) % values


def finding_text(finding: Finding, translate: Translate) -> FindingText:
    """The texts of a finding; ``translate`` is gettext for the reader's language."""
    entry = check(finding.code)
    return FindingText(
        title=translate(entry.title),
        message=filled(entry.message, finding.params, translate),
        why=filled(entry.why, finding.params, translate),
        remedy=filled(entry.remedy, finding.params, translate),
    )
