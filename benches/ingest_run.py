"""Hands in many files and waits for the workers; run by ``benches.ingest`` with its settings."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from benches.samples import many_workbooks, rmi_dir  # noqa: E402
from core.models import Job, JobState  # noqa: E402
from minerals.enums import Source  # noqa: E402
from minerals.models import Declaration, SmelterLine  # noqa: E402
from minerals.services.receive import Delivery, IncomingFile, receive_files  # noqa: E402
from minerals.services.templates import install_template  # noqa: E402
from suppliers.models import Supplier  # noqa: E402
from suppliers.services.suppliers import SupplierInput, create_supplier  # noqa: E402


def suppliers(count: int) -> list[Supplier]:
    made = (SupplierInput(f"B-{number}", f"Bench Supplier {number}") for number in range(count))
    return [create_supplier(None, data) for data in made]


def main(name: str, count: int) -> None:
    real = rmi_dir()
    if real is not None:
        path = real / "templates" / "RMI_CMRT_6.5.xlsx"
        install_template(None, path, path.name)
    owners = suppliers(count)
    with tempfile.TemporaryDirectory() as folder:
        files = list(many_workbooks(Path(folder), count))
        start = time.perf_counter()
        for owner, file in zip(owners, files, strict=True):
            delivery = Delivery(None, Source.COMMAND, owner)
            receive_files(delivery, [IncomingFile(file, file.name)])
        stored = time.perf_counter() - start
        while Job.objects.filter(state__in=Job.OPEN_STATES).exists():
            time.sleep(0.2)
        took = time.perf_counter() - start
    done = Job.objects.filter(state=JobState.DONE).count()
    judged = Declaration.objects.exclude(judged_at=None).count()
    print(f"{count} files on {name}, two worker processes")
    print(f"  received and stored            {stored:8.1f} s")
    print(f"  received, judged, recorded     {took:8.1f} s    {count / took:.1f} files/s")
    print(f"  jobs done {done}, judged {judged}, smelter rows {SmelterLine.objects.count()}")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
