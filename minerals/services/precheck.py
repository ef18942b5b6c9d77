"""Judging a file for somebody we do not know: the same reader and rules, nothing stored."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core import clock
from core.uploads import UploadRejected, inspect_upload
from minerals.enums import DeclarationStatus, VerdictState
from minerals.excel.errors import UnreadableWorkbook
from minerals.excel.isolated import read_isolated
from minerals.models import Declaration, Finding
from minerals.selectors.country_lists import areas_named
from minerals.selectors.declarations import counts_of_rows
from minerals.selectors.finding_lines import FindingSection, lines_of_rows, sections_of
from minerals.selectors.reference import active_decisions, reference_list
from minerals.selectors.verdict_words import VerdictWords, verdict_words
from minerals.services.files import upload_limits
from minerals.services.judgement import Surroundings, judge
from minerals.services.lines import finding_rows
from minerals.services.recording import describe, summarise


@dataclass(frozen=True, slots=True)
class PreChecked:
    """``declaration`` is in no table; its ``error`` says why a file could not be read.
    ``sections``: the findings as the supplier's page shows them."""

    declaration: Declaration
    verdict: VerdictWords
    sections: list[FindingSection]

    @property
    def blocking(self) -> int:
        return self.declaration.blocking_count


def precheck(path: Path, name: str) -> PreChecked:
    """What handing in the file would bring, as far as the file alone tells: who the supplier is
    and what it sent before is not known."""
    declaration = Declaration(file_name=name[:255], status=DeclarationStatus.DRAFT)
    try:
        facts = inspect_upload(path, name, upload_limits())
        if facts.kind == "zip":
            raise UploadRejected("archive_not_expected", {"name": name})
        found = read_isolated(path)
    except (UploadRejected, UnreadableWorkbook) as error:
        declaration.verdict = VerdictState.UNREADABLE
        declaration.error = {"code": error.code, "params": dict(error.params)}
        return PreChecked(declaration, _words(declaration, []), [])
    around = Surroundings(
        today=clock.today(),
        reference=reference_list(),
        decisions=active_decisions(),
        cahra_countries=areas_named(found, clock.today()),
    )
    judgement = judge(found, around)
    describe(declaration, found)
    summarise(declaration, found, judgement)
    rows = finding_rows(declaration, judgement)
    return PreChecked(declaration, _words(declaration, rows), sections_of(lines_of_rows(rows)))


def _words(declaration: Declaration, rows: list[Finding]) -> VerdictWords:
    return verdict_words(declaration, counts_of_rows(rows), internal=False, decides=False)
