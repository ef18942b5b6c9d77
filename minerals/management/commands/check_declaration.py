"""``manage.py check_declaration FILE...``: judges files without storing anything.

The JSON is a stable contract, described in docs/command-line.md. Exit status: 0 nothing open and
no error finding; 1 something open or an error finding; 2 at least one file could not be read.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import translation

from core import clock
from minerals.management.report_table import as_table
from minerals.models import CountryListing, MatchDecision, ReferenceSnapshot
from minerals.rules.declaration import Declaration
from minerals.selectors.country_lists import areas_named
from minerals.selectors.reference import active_decisions, reference_list
from minerals.services.files import upload_limits
from minerals.services.judgement import Surroundings
from minerals.services.report import blocks, report_file

CLEAN, OPEN, UNREADABLE = 0, 1, 2


class Command(BaseCommand):
    help = "Judges reporting workbooks without storing anything."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--format", choices=["table", "json"], default="table")
        parser.add_argument("--output", type=Path, metavar="PATH", help="write there, not here")
        parser.add_argument("--language", choices=["en", "zh-hans"], default="en")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["language"]):
            around, limits = _surroundings(), upload_limits()
            reports = [report_file(path, limits, around) for path in options["files"]]
            if options["format"] == "json":
                text = json.dumps(reports, ensure_ascii=False, indent=2)
            else:
                text = as_table(reports)
        self._write(text, options["output"])
        if not all(report["readable"] for report in reports):
            sys.exit(UNREADABLE)
        sys.exit(OPEN if any(blocks(report) for report in reports) else CLEAN)

    def _write(self, text: str, output: Path | None) -> None:
        if output is None:
            self.stdout.write(text)
            return
        try:
            output.write_text(text + "\n", encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{output} could not be written: {error.strerror}.") from None


def _surroundings() -> Callable[[Declaration], Surroundings]:
    """The installed list, decisions and lists of countries; a database without tables is as good
    as an empty one."""
    tables = set(connection.introspection.table_names())
    models = (ReferenceSnapshot, MatchDecision, CountryListing)
    today = clock.today()
    if any(model._meta.db_table not in tables for model in models):
        return lambda found: Surroundings(today=today)
    known = Surroundings(today=today, reference=reference_list(), decisions=active_decisions())
    return lambda found: replace(known, cahra_countries=areas_named(found, _day(found, today)))


def _day(found: Declaration, today: dt.date) -> dt.date:
    """Whose lists of countries the answers are held against: the effective date, at most today."""
    return min(dt.date.fromisoformat(found.effective_on), today) if found.effective_on else today
