"""Fills a database with declarations of 150 smelters, then holds a new list against them.

Run by ``benches.blast``. The pure rules are timed on the same declarations, in memory and in one
process; the work itself is shared by two, as the worker shares the chunks.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
import time
import zlib
from dataclasses import replace
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.files.base import ContentFile  # noqa: E402
from django.db import connection  # noqa: E402

from core import clock  # noqa: E402
from core.bulk_insert import insert_rows  # noqa: E402
from minerals.enums import DeclarationStatus, ListState, MatchKind, VerdictState  # noqa: E402
from minerals.excel.reader import read_declaration  # noqa: E402
from minerals.excel.sample import build_workbook, complete_answers  # noqa: E402
from minerals.excel.wire import declaration_to_json  # noqa: E402
from minerals.models import (  # noqa: E402
    Declaration,
    DeclarationDocument,
    RiskRating,
    SmelterLine,
    SmelterList,
    SmelterListing,
    SmelterTask,
    WorkbookFile,
)
from minerals.rules.declaration import Declaration as ReadDeclaration  # noqa: E402
from minerals.rules.declaration import ResolvedSmelter, SmelterRow  # noqa: E402
from minerals.rules.judgement import SmelterMatch  # noqa: E402
from minerals.rules.risk.combine import rating_of_all  # noqa: E402
from minerals.rules.risk.from_declaration import Known, facts_of, minerals_of  # noqa: E402
from minerals.rules.risk.level import risk_rating  # noqa: E402
from minerals.rules.smelter_tasks import items_to_ask  # noqa: E402
from minerals.selectors.country_lists import country_book  # noqa: E402
from minerals.selectors.list_changes import changes_of, last_applied  # noqa: E402
from minerals.selectors.policies import numbers_of, policy_in_force  # noqa: E402
from minerals.selectors.smelter_status import status_book  # noqa: E402
from minerals.services.list_effects import CHUNK, hold_against, suppliers_to_hold  # noqa: E402
from suppliers.models import Supplier  # noqa: E402

ROWS = 150
METALS = ("Tin", "Gold", "Tantalum", "Tungsten")
WORKERS = 2


def cid_of(number: int) -> str:
    return f"CID9{number:05d}"


def main(name: str, count: int) -> None:
    document = the_document()
    fill(document, count)
    old = add_list(clock.today() - dt.timedelta(days=30), bad=False)
    SmelterList.objects.filter(pk=old.pk).update(applied_at=clock.now())
    hold_against(old, 0, suppliers_to_hold())  # not timed: its first list changes every smelter
    SmelterTask.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as a database that has lived for a day has done by itself
    new = add_list(clock.today(), bad=True)
    pure, pure_busy = pure_rules(document, new, count)
    command = [sys.executable, "-m", "benches.blast_run", "--share", str(new.pk)]
    shares = [
        subprocess.Popen([*command, str(part)], stdout=subprocess.PIPE, text=True)
        for part in range(WORKERS)
    ]
    # Each tells how long it worked: a worker of the portal has started long before.
    times = [one.communicate()[0].split() for one in shares]
    took, busy = max(float(wall) for wall, _cpu in times), sum(float(cpu) for _w, cpu in times)
    rated = RiskRating.objects.filter(is_current=True, smelter_list=new).count()
    print(f"{count:,} declarations of {ROWS} smelters against a new list, {name}")
    print(f"  pure rules, one process        {pure:8.1f} s    {pure / count * 1000:.1f} ms each")
    print(f"  all of it, two processes       {took:8.1f} s    ratio {took / pure:.2f}")
    # What another job on the machine does not disturb.
    print(
        f"  processor time                 {pure_busy:8.1f} s : {busy:.1f} s, "
        f"shared by {WORKERS}: ratio {busy / WORKERS / pure_busy:.2f}"
    )
    print(f"  tasks {SmelterTask.objects.count():,}, rated again {rated:,}")


def share(list_id: int, part: int) -> None:
    """Every second chunk."""
    smelter_list = SmelterList.objects.get(pk=list_id)
    before = last_applied(smelter_list)
    assert before is not None
    every = suppliers_to_hold()
    chunks = [every[at : at + CHUNK] for at in range(0, len(every), CHUNK)]
    wall, cpu = time.perf_counter(), time.process_time()
    for chunk in chunks[part::WORKERS]:
        hold_against(smelter_list, before.pk, chunk)
    print(time.perf_counter() - wall, time.process_time() - cpu)


def the_document() -> ReadDeclaration:
    """A complete form with smelters of four metals, each with its ID."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.xlsx"
        path.write_bytes(build_workbook("cmrt_6.5", **complete_answers("cmrt_6.5")))
        found = read_declaration(path)
    rows, resolved = [], []
    for number in range(ROWS):
        metal, row, cid = METALS[number % 4], number + 5, cid_of(number)
        rows.append(SmelterRow(row=row, metal=metal, lookup=f"Smelter {cid}"))
        resolved.append(ResolvedSmelter(row, metal, f"Smelter {cid}", "CHINA", cid, "", "", "", ""))
    return replace(found, smelters=tuple(rows), resolved=tuple(resolved))


def fill(document: ReadDeclaration, count: int) -> None:
    content = json.dumps(declaration_to_json(document), ensure_ascii=False, separators=(",", ":"))
    data = zlib.compress(content.encode(), 6)
    for number in range(count):
        owner = Supplier.objects.create(code=f"B-{number}", name=f"Bench {number}")
        workbook = WorkbookFile(sha256=f"{number:064x}", size=4, kind="xlsx")
        workbook.content.save(f"{number}.xlsx", ContentFile(b"PK\x03\x04"))
        declaration = Declaration.objects.create(
            supplier=owner,
            workbook=workbook,
            family="CMRT",
            version="6.5",
            scope="A",
            status=DeclarationStatus.STRUCTURALLY_VALID,
            verdict=VerdictState.CLEAN,
            judged_at=clock.now(),
            file_name="form.xlsx",
        )
        DeclarationDocument.objects.create(declaration=declaration, data=data)
        insert_rows(
            SmelterLine,
            ("declaration", "row", "metal", "match", "matched_cid"),
            (
                (declaration.pk, at + 5, METALS[at % 4], MatchKind.CID.value, cid_of(at))
                for at in range(ROWS)
            ),
        )


def add_list(day: dt.date, *, bad: bool) -> SmelterList:
    """The bad one has turned one smelter of each metal and dropped another."""
    made = SmelterList.objects.create(
        source="rmap",
        listed_on=day,
        state=ListState.IN_FORCE,
        file_name="list.xlsx",
        confirmed_at=clock.now(),
    )
    SmelterListing.objects.bulk_create(
        SmelterListing(
            list=made,
            row=number + 2,
            cid=cid_of(number),
            metal=METALS[number % 4],
            name=f"Smelter {cid_of(number)}",
            status="non_conformant" if bad and number < 4 else "conformant",
        )
        for number in range(1500)
        if not (bad and 4 <= number < 8)
    )
    return made


def pure_rules(document: ReadDeclaration, new: SmelterList, count: int) -> tuple[float, float]:
    """Seconds on the clock and of the processor for facts, ratings and tasks of as many
    declarations, without a database."""
    day = clock.today()
    book, countries = status_book(day), country_book(day)
    changes = changes_of(new, last_applied(new), day)
    policy = numbers_of(policy_in_force())
    matches = [SmelterMatch(row.row, "cid", cid_of(at)) for at, row in enumerate(document.smelters)]
    known = Known(received_on=day, status_of=book.status_of, origin_of=countries.origin_of)
    named = [match.cid for match in matches]
    wall, cpu = time.perf_counter(), time.process_time()
    for _each in range(count):
        whole = facts_of(document, [], [], matches, known)
        rating_of_all([whole], policy, day)
        for mineral in minerals_of(document):
            risk_rating(facts_of(document, [], [], matches, known, mineral), policy, day)
        items_to_ask(named, changes, (), day)
    return time.perf_counter() - wall, time.process_time() - cpu


if __name__ == "__main__":
    if sys.argv[1] == "--share":
        share(int(sys.argv[2]), int(sys.argv[3]))
    else:
        main(sys.argv[1], int(sys.argv[2]))
