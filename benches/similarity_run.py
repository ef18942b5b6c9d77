"""Fills a database with lists of 150 smelters, popular ones more often, one in fifty a copy, and
looks for the copies. Run by ``benches.similarity``."""

from __future__ import annotations

import os
import random
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.files.base import ContentFile  # noqa: E402

from core import clock  # noqa: E402
from minerals.enums import AlertKind, DeclarationStatus, VerdictState  # noqa: E402
from minerals.models import Declaration, ListPrint, PlausibilityAlert, WorkbookFile  # noqa: E402
from minerals.rules.resemblance import closest_earlier  # noqa: E402
from minerals.selectors.list_prints import all_prints  # noqa: E402
from minerals.services.plausibility import look_at_all  # noqa: E402
from suppliers.models import Supplier  # noqa: E402

ROWS, SMELTERS, COPY_OF = 150, 1500, 50


def main(sizes: list[int]) -> None:
    print(f"Similar lists among many of {ROWS} smelters, on SQLite")
    lot = random.Random(1)
    before = 0.0
    for size in sizes:
        copies = fill(size, lot)
        started = time.perf_counter()
        prints = all_prints()
        loaded = time.perf_counter()
        pairs = closest_earlier(prints)
        pure = time.perf_counter() - loaded
        PlausibilityAlert.objects.all().delete()
        started_whole = time.perf_counter()
        look_at_all()
        whole = time.perf_counter() - started_whole
        found = PlausibilityAlert.objects.filter(kind=AlertKind.SAME_AS_OTHER).count()
        growth = f"   x {whole / before:.1f}" if before else ""
        print(
            f"  {size:>5,} lists   reading {loaded - started:5.1f} s   comparing {pure:5.1f} s   "
            f"all with alerts {whole:5.1f} s{growth}   {found} of {copies} copies found"
        )
        assert len(pairs) == found
        before = whole


def fill(size: int, lot: random.Random) -> int:
    """Up to ``size`` lists; how many of all are copies."""
    known = list(ListPrint.objects.order_by("pk").values_list("rows", flat=True))
    for number in range(len(known), size):
        rows = copied(known[number - 7], lot) if number % COPY_OF == COPY_OF - 1 else own(lot)
        known.append(rows)
        add(number, rows)
    return sum(number % COPY_OF == COPY_OF - 1 for number in range(size))


def own(lot: random.Random) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < ROWS:
        found[f"tin|CID8{int(SMELTERS * lot.random() ** 2):05d}"] = None
    return list(found)


def copied(rows: list[str], lot: random.Random) -> list[str]:
    """Four rows are others."""
    changed = list(rows)
    for place in lot.sample(range(len(changed)), 4):
        changed[place] = f"tin|~own{lot.randrange(10**9)}"
    return changed


def add(number: int, rows: list[str]) -> None:
    owner = Supplier.objects.create(code=f"S-{number}", name=f"Bench {number}")
    workbook = WorkbookFile(sha256=f"{number:064x}", size=4, kind="xlsx")
    workbook.content.save(f"{number}.xlsx", ContentFile(b"PK\x03\x04"))
    declaration = Declaration.objects.create(
        supplier=owner,
        workbook=workbook,
        family="CMRT",
        version="6.5",
        status=DeclarationStatus.STRUCTURALLY_VALID,
        verdict=VerdictState.CLEAN,
        judged_at=clock.now(),
        file_name="form.xlsx",
    )
    ListPrint.objects.create(declaration=declaration, rows=rows, counts={"Tin": len(rows)})


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]])
