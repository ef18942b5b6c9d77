"""``manage.py ingest_declarations PATH...``: stores and judges many files.

A bad file never stops the rest. Exit status 0 when every file was stored and read, else 1.
"""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import click
from django.core.management.base import BaseCommand, CommandError

from core.models import Job, JobState
from minerals.enums import Source
from minerals.excel.mapping import MappingError, read_mapping
from minerals.models import Declaration
from minerals.selectors.texts import job_problem
from minerals.services.judging import judge_received
from minerals.services.receive import Delivery, IncomingFile, Received, receive_files
from suppliers.models import Supplier
from suppliers.selectors.suppliers import supplier_by_code

SUFFIXES = {".xlsx", ".xlsm", ".xls", ".zip"}


class Command(BaseCommand):
    help = "Stores and judges many workbooks: files, folders, ZIPs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        whose = parser.add_mutually_exclusive_group()
        whose.add_argument("--supplier", metavar="CODE", help="all files belong to this supplier")
        whose.add_argument(
            "--mapping", type=Path, help="CSV or xlsx with two columns: file name, supplier code"
        )
        parser.add_argument(
            "--queue", action="store_true", help="let the workers judge, and wait for them"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        files = list(_files(options["paths"]))
        if not files:
            raise CommandError("There is no workbook or ZIP at the given paths.")
        owners = _Owners(options["supplier"], options["mapping"])
        received: list[Received] = []
        with click.progressbar(files, label="Storing", file=self._terminal()) as bar:
            for path in bar:
                received += self._receive(path, owners, queued=options["queue"])
        self._judge(received, queued=options["queue"])
        self._summarise(received)

    def _receive(self, path: Path, owners: _Owners, *, queued: bool) -> list[Received]:
        delivery = Delivery(None, Source.COMMAND, owners.of(path.name), queued=queued)
        return receive_files(delivery, [IncomingFile(path, path.name)], owner_of=owners.of)

    def _judge(self, received: list[Received], *, queued: bool) -> None:
        waiting = [item for item in received if item.job.open and item.declaration is not None]
        with click.progressbar(length=len(waiting), label="Judging", file=self._terminal()) as bar:
            if queued:
                _wait(waiting, bar)
                return
            for item in waiting:
                assert item.declaration is not None
                judge_received(item.declaration.pk, item.job.pk)
                bar.update(1)

    def _summarise(self, received: list[Received]) -> None:
        keys = [item.declaration.pk for item in received if item.declaration is not None]
        stored = {row.pk: row for row in Declaration.objects.filter(pk__in=keys)}
        jobs = {
            job.pk: job for job in Job.objects.filter(pk__in=[item.job.pk for item in received])
        }
        counts: Counter[str] = Counter()
        for item in received:
            counts[_outcome(item, stored)] += 1
            job = jobs[item.job.pk]
            problem = job_problem(job)
            if problem is not None:
                self.stderr.write(f"{item.name}: {problem.message} {problem.remedy}".rstrip())
        for outcome, number in sorted(counts.items()):
            self.stdout.write(f"{outcome:<24}{number:>7}")
        self.stdout.write(f"{'files':<24}{len(received):>7}")
        if any(jobs[item.job.pk].state == JobState.FAILED for item in received):
            sys.exit(1)

    def _terminal(self) -> Any:
        return self.stderr._out  # the bar must not mix with a redirected summary


def _outcome(item: Received, stored: dict[int, Declaration]) -> str:
    if item.declaration is None:
        return "not let in"
    if item.known:
        return "known already"
    declaration = stored[item.declaration.pk]
    if declaration.supplier_id is None and not declaration.error:
        return "supplier not found"
    return str(declaration.get_verdict_display()) or "waiting"


def _files(paths: list[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            found = (inner for inner in sorted(path.rglob("*")) if inner.is_file())
            yield from (inner for inner in found if inner.suffix.lower() in SUFFIXES)
        elif path.is_file():
            yield path
        else:
            raise CommandError(f"{path}: there is no such file or folder.")


def _wait(waiting: list[Received], bar: Any) -> None:
    """Follow the workers until every job has ended."""
    open_jobs: set[UUID] = {item.job.pk for item in waiting}
    while open_jobs:
        found = Job.objects.filter(pk__in=open_jobs, state__in=Job.OPEN_STATES)
        still = set(found.values_list("pk", flat=True))
        bar.update(len(open_jobs) - len(still))
        open_jobs = still
        if open_jobs:
            time.sleep(0.2)


class _Owners:
    """Whose file a name is: one supplier for all, a mapping, or the company name inside (None)."""

    def __init__(self, code: str | None, mapping: Path | None) -> None:
        self.everything = _supplier(code) if code else None
        self.by_name: dict[str, Supplier] = {}
        if mapping is not None:
            try:
                pairs = read_mapping(mapping)
            except MappingError as error:
                raise CommandError(str(error)) from None
            self.by_name = {name.casefold(): _supplier(code) for name, code in pairs.items()}

    def of(self, name: str) -> Supplier | None:
        return self.everything or self.by_name.get(name.casefold())


def _supplier(code: str) -> Supplier:
    found = supplier_by_code(code)
    if found is None:
        raise CommandError(f"There is no supplier with the code {code}.")
    return found
