"""The measuring itself; run by ``benches.lists`` with its database.

Held against reading the file alone, in the same isolated process.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from celery import current_app  # noqa: E402

from accounts.models import User  # noqa: E402
from accounts.roles import Role  # noqa: E402
from core.spreadsheets.grid import TableLimits  # noqa: E402
from core.spreadsheets.reading import read_spreadsheet  # noqa: E402
from minerals.excel.sample_list import SampleRow, changed, many_rows, xml_list  # noqa: E402
from minerals.models import SmelterList  # noqa: E402
from minerals.rules.smelter_list.columns import known_headings  # noqa: E402
from minerals.services.list_reading import read_list  # noqa: E402
from minerals.services.smelter_lists import confirm_list, receive_list  # noqa: E402

DAY = dt.date(2026, 1, 31)
TARGET_SECONDS = 3.0


def main(name: str, smelters: int) -> None:
    # A process that serves pages has done this long ago.
    current_app.loader.import_default_modules()
    actor = User.objects.create_user("bench@example.test", None, name="Bench")
    actor.add_roles([Role.CSR_SPECIALIST])
    rows = many_rows(smelters, DAY)
    newer = changed(rows, {row.cid: {"status": "Active"} for row in rows[:40]})
    print(f"{name}: a list of {smelters:,} smelters (target {TARGET_SECONDS:g} s read and stored)")
    _imported(actor, "first list", rows, DAY)
    _imported(actor, "next list, 40 changed", newer, DAY + dt.timedelta(days=30))


def _imported(actor: User, label: str, rows: Sequence[SampleRow], day: dt.date) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.xml"
        path.write_bytes(xml_list(rows))
        start = time.perf_counter()
        read_spreadsheet(path, "xml", known_headings(), TableLimits())
        bare = time.perf_counter() - start
        start = time.perf_counter()
        made, job = receive_list(actor, "rmap", day, path, "list.xml", queued=False)
        read_list(made.pk, job.pk)
        read = time.perf_counter() - start
    start = time.perf_counter()
    found = confirm_list(actor, made.pk)
    confirmed = time.perf_counter() - start
    assert SmelterList.objects.in_force().filter(pk=found.pk).exists()
    print(
        f"  {label:<24} read and stored {read:5.2f} s ({read / bare:4.2f}x of reading alone, "
        f"{bare:4.2f} s), confirmed {confirmed:5.2f} s"
    )
    if read + confirmed > TARGET_SECONDS:
        print("  SLOWER THAN THE TARGET")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
