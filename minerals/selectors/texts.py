"""Findings in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, pgettext

from core.models import Job
from minerals.models import Declaration
from minerals.models import Finding as FindingRow
from minerals.rules.catalogue import CATALOGUE
from minerals.rules.catalogue.texts import FindingText, finding_text
from minerals.rules.judgement import Finding

# Question numbers, which the rules join as English does.
_LISTS = ("answered", "questions")


def text_of(code: str, params: Mapping[str, Any]) -> FindingText:
    """Title, message, why and remedy of a code in the language that is active now."""
    values = {name: str(value) for name, value in params.items()}
    for name in _LISTS:
        if name in values:
            values[name] = values[name].replace(", ", pgettext("between items of a list", ", "))
    if code not in CATALOGUE:  # a record of a rule that has since been retired
        return FindingText(title=code, message=code, why="", remedy="")
    return finding_text(Finding(code, "error", "", values), gettext)


def text_of_row(row: FindingRow) -> FindingText:
    return text_of(row.code, row.params)


def job_problem(job: Job) -> FindingText | None:
    """Why a background job failed, and the remedy; None for any other."""
    if not job.error:
        return None
    code, params = job.error["code"], job.error.get("params", {})
    if code in CATALOGUE:
        return text_of(code, params)
    message = gettext(job.error["message"]) % params
    remedy = job.error.get("remedy", "")
    return FindingText(message, message, why="", remedy=gettext(remedy) if remedy else "")


def error_text(declaration: Declaration) -> FindingText | None:
    """Why the file could not be read; None when it could."""
    if not declaration.error:
        return None
    return text_of(declaration.error["code"], declaration.error.get("params", {}))
