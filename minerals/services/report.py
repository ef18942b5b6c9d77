"""Judging files without storing anything: the stable contract of ``check_declaration``."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.utils.translation import gettext

from core.uploads import UploadLimits, UploadRejected, inspect_upload
from minerals.excel.errors import UnreadableWorkbook
from minerals.excel.isolated import read_isolated
from minerals.rules.catalogue.texts import finding_text
from minerals.rules.declaration import Answer, Declaration
from minerals.rules.judgement import Finding, SmelterMatch
from minerals.services.judgement import Judgement, Surroundings, judge

Report = dict[str, Any]


def report_file(
    path: Path, limits: UploadLimits, surroundings: Callable[[Declaration], Surroundings]
) -> Report:
    """One file as the JSON of the command line describes it (docs/command-line.md)."""
    report = _empty_report(path)
    try:
        report["sha256"] = _sha256(path)
        facts = inspect_upload(path, path.name, limits)
        if facts.kind == "zip":
            raise UploadRejected("archive_not_expected", {"name": path.name})
        declaration = read_isolated(path)
    except (UploadRejected, UnreadableWorkbook) as error:
        report["error"] = _error(error.code, error.params)
        return report
    except OSError as error:
        report["error"] = _error(
            "file_not_found", {"name": path.name, "reason": error.strerror or str(error)}
        )
        return report
    return report | _judged(declaration, judge(declaration, surroundings(declaration)))


def blocks(report: Report) -> bool:
    """True with a counted open item or an error finding."""
    counted = any(item["counted"] for item in report["open_items"])
    return counted or any(item["severity"] == "error" for item in report["findings"])


def _empty_report(path: Path) -> Report:
    return {
        "file": path.name,
        "sha256": None,
        "readable": False,
        "error": None,
        "family": None,
        "version": None,
        "language": None,
        "cached_values": None,
        "company": None,
        "minerals": [],
        "answers": [],
        "company_answers": [],
        "required_remaining": None,
        "open_items": [],
        "findings": [],
        "smelters": [],
        "products": 0,
        "mines": 0,
    }


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _error(code: str, params: dict[str, str]) -> dict[str, str]:
    text = finding_text(Finding(code, "error", "", params), gettext)
    return {"code": code, "message": f"{text.message} {text.remedy}".strip()}


def _judged(declaration: Declaration, judgement: Judgement) -> Report:
    return {
        "readable": True,
        "family": declaration.family,
        "version": declaration.version,
        "language": declaration.language,
        "cached_values": declaration.cached_values,
        "company": _company(declaration),
        "minerals": list(declaration.minerals),
        "answers": _answers(_asked(declaration, numbered=True)),
        "company_answers": _answers(_asked(declaration, numbered=False)),
        "required_remaining": judgement.required_remaining,
        "open_items": [
            {
                "checker_row": item.checker_row,
                "cell": item.cell,
                "code": item.code,
                "counted": item.counted,
            }
            for item in judgement.open_items
        ],
        "findings": [_finding(finding) for finding in judgement.findings],
        "smelters": _smelters(declaration, judgement.matches),
        "products": len(declaration.products),
        "mines": len(declaration.mines),
    }


def _company(declaration: Declaration) -> dict[str, str | None]:
    name, mail = declaration.company.get("company_name"), declaration.company.get("contact_email")
    return {
        "name": name.text if name else "",
        "scope": declaration.scope_letter(),
        "contact_email": mail.text if mail else "",
        "effective_on": declaration.effective_on or None,
    }


def _asked(declaration: Declaration, *, numbered: bool) -> Iterable[Answer]:
    """Numbered questions ask per mineral, lettered ones about the company (some per mineral)."""
    for answer in (*declaration.answers, *declaration.company_answers):
        if answer.question.startswith("Q") == numbered:
            yield answer


def _answers(answers: Iterable[Answer]) -> list[dict[str, str | None]]:
    return [
        {
            "question": answer.question,
            "mineral": answer.mineral,
            "value": answer.value,
            "comment": answer.comment.text,
            "cell": answer.entry.cell,
        }
        for answer in answers
    ]


def _finding(finding: Finding) -> dict[str, str]:
    text = finding_text(finding, gettext)
    return {
        "code": finding.code,
        "severity": finding.severity,
        "cell": finding.cell,
        "message": text.message,
        "remedy": text.remedy,
    }


def _smelters(declaration: Declaration, matches: Iterable[SmelterMatch]) -> list[dict[str, Any]]:
    return [
        {
            "row": resolved.row,
            "metal": resolved.metal,
            "cid": resolved.cid,
            "standard_name": resolved.standard_name,
            "country": resolved.country,
            "match": match.match,
            "suggestions": [{"cid": item.cid, "score": item.score} for item in match.suggestions],
        }
        for resolved, match in zip(declaration.resolved, matches, strict=True)
    ]
