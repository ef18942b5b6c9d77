"""The measuring itself; run by ``benches.imports`` with its database, one process a step."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

import python_calamine  # noqa: E402
import tablib  # noqa: E402
from django.db import transaction  # noqa: E402
from import_export import fields, resources  # noqa: E402
from import_export.widgets import ForeignKeyWidget, ManyToManyWidget  # noqa: E402
from openpyxl import Workbook  # noqa: E402

from accounts.models import User  # noqa: E402
from accounts.roles import Role  # noqa: E402
from benches.memory import peak_mb  # noqa: E402
from core.models import Job  # noqa: E402
from core.spreadsheets.table import csv_chunks, write_table  # noqa: E402
from suppliers.models import (  # noqa: E402
    Category,
    ImportBatch,
    MineralScope,
    RegistrationNumber,
    Supplier,
)
from suppliers.rules.names import core_key, name_key  # noqa: E402
from suppliers.services.import_apply import apply_import  # noqa: E402
from suppliers.services.import_check import check_import  # noqa: E402
from suppliers.services.import_undo import undo_applied  # noqa: E402
from suppliers.services.imports import confirm_import, receive_import, undo_import  # noqa: E402
from suppliers.web.record_exports import record_columns, record_rows  # noqa: E402

SAMPLE = 2_000
HEADINGS = [
    *("code", "name", "local_name", "country", "kind", "region", "city", "address", "parent"),
    *("buyer", "categories", "single_source", "phase_out_on", "phase_out_reason", "uscc", "duns"),
    *("vat", "minerals", "minerals_reason", "remarks"),
]
PLAIN = (*HEADINGS[:8], "phase_out_reason")
CATEGORIES = [f"C{number:02}" for number in range(40)]
BUYER = "bench-buyer@example.test"
Link = Category.suppliers.through


def line(number: int) -> list[str]:
    """One supplier in ten belongs to another, one in five delivers metal."""
    parent = f"B-{number - number % 10:06}" if number % 10 == 3 else ""
    metal = number % 5 == 0
    return [
        f"B-{number:06}",
        f"Bench Supplier {number} Precision Parts Co., Ltd.",
        f"测试供应商{number}有限公司",
        ("CN", "DE", "VN", "MX", "JP")[number % 5],
        ("production", "service", "subcontractor")[number % 3],
        "Guangdong",
        "Shenzhen",
        f"{number} Keji Road, Nanshan",
        parent,
        BUYER if number % 2 else "",
        f"{CATEGORIES[number % 40]}; {CATEGORIES[(number + 7) % 40]}",
        "yes" if number % 9 == 0 else "no",
        "2027-06-30" if number % 50 == 0 else "",
        "Discontinued" if number % 50 == 0 else "",
        "",
        f"{100_000_000 + number}",
        f"VAT{number}",
        "tin; gold" if metal else "",
        "Solder paste" if metal else "",
        "",
    ]


def write_file(path: Path, rows: int) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Suppliers")
    sheet.append(HEADINGS)
    for number in range(rows):
        sheet.append(line(number))
    book.save(path)


def took(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def bare_read(path: Path) -> list[list[Any]]:
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    return book.get_sheet_by_index(0).to_python()


def bare_insert(table: list[list[Any]], categories: dict[str, int], buyer: int) -> None:
    """The rows and what belongs to them, by plain bulk_create; nothing is checked or recorded."""
    with transaction.atomic():
        records = [dict(zip(HEADINGS, values, strict=True)) for values in table[1:]]
        made = Supplier.objects.bulk_create([_bare(record, buyer) for record in records])
        pairs = list(zip(made, records, strict=True))
        Link.objects.bulk_create(
            Link(supplier_id=each.pk, category_id=categories[code])
            for each, record in pairs
            for code in record["categories"].split("; ")
        )
        RegistrationNumber.objects.bulk_create(
            RegistrationNumber(
                supplier_id=each.pk, kind=kind, number=record[kind], key=record[kind]
            )
            for each, record in pairs
            for kind in ("duns", "vat")
        )
        MineralScope.objects.bulk_create(
            MineralScope(supplier_id=each.pk, metal=metal, reason=record["minerals_reason"])
            for each, record in pairs
            for metal in record["minerals"].split("; ")
            if metal
        )
        transaction.set_rollback(True)


def _bare(record: dict[str, Any], buyer: int) -> Supplier:
    return Supplier(
        **{name: record[name] for name in PLAIN},
        buyer_id=buyer if record["buyer"] else None,
        single_source=record["single_source"] == "yes",
        phase_out_on=record["phase_out_on"] or None,
        name_key=name_key(record["name"]),
        core_key=core_key(record["name"]),
    )


class SupplierResource(resources.ModelResource):  # type: ignore[misc]
    """The same fields the way of django-import-export, row by row with its hooks."""

    parent = fields.Field("parent", "parent", ForeignKeyWidget(Supplier, "code"))
    buyer = fields.Field("buyer", "buyer", ForeignKeyWidget(User, "email"))
    categories = fields.Field(
        "categories", "categories", ManyToManyWidget(Category, separator="; ", field="code")
    )

    class Meta:
        model = Supplier
        import_id_fields = ("code",)
        fields = (*HEADINGS[:14],)

    def after_save_instance(self, instance: Supplier, row: Any, **options: Any) -> None:
        for kind in ("duns", "vat"):
            RegistrationNumber.objects.create(
                supplier=instance, kind=kind, number=row[kind], key=row[kind]
            )
        for metal in row["minerals"].split("; ") if row["minerals"] else ():
            MineralScope.objects.create(
                supplier=instance, metal=metal, reason=row["minerals_reason"]
            )


def by_import_export(table: list[list[Any]]) -> tuple[float, float]:
    """Seconds of its preview (a dry run) and of its import, for the sample."""
    data = tablib.Dataset(*table[1 : SAMPLE + 1], headers=table[0])
    seconds = []
    for dry_run in (True, False):
        with transaction.atomic():
            took_so, result = took(partial(SupplierResource().import_data, data, dry_run=dry_run))
            assert not result.has_errors(), result.row_errors()[:1]
            transaction.set_rollback(True)
        seconds.append(took_so)
    return seconds[0], seconds[1]


def work_off(batch: ImportBatch, work: Callable[..., None]) -> float:
    job = Job.objects.about(batch).filter(state="queued").get()
    return took(lambda: work(batch.pk, job.pk))[0]


def run(name: str, rows: int) -> None:
    buyer = User.objects.create_user(BUYER, name="Bench")
    buyer.add_roles([Role.PROCUREMENT])
    made = [Category(code=code, name=code, path=f"{code}/") for code in CATEGORIES]
    categories = {each.code: each.pk for each in Category.objects.bulk_create(made)}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "suppliers.xlsx"
        write_file(path, rows)
        read, table = took(lambda: bare_read(path))
        insert, _ = took(lambda: bare_insert(table, categories, buyer.pk))
        preview, alone = (each * rows / SAMPLE for each in by_import_export(table))
        batch = receive_import(buyer, "suppliers", path, path.name)
    check = work_off(batch, check_import)
    batch.refresh_from_db()
    assert batch.counts["create"] == rows, (batch.state, batch.counts, batch.problems)
    confirm_import(buyer, batch.pk)
    apply = work_off(batch, apply_import)
    assert Supplier.objects.count() == rows
    bare, ours = read + insert, check + apply
    print(f"{rows} suppliers, {len(HEADINGS)} columns, {name}")
    print(f"  bare reading {read:.1f} s + bare bulk insert {insert:.1f} s {bare:10.1f} s")
    print(f"  our check {check:.1f} s + import {apply:.1f} s {ours:15.1f} s  {ours / bare:.2f}x")
    print(f"  django-import-export, {SAMPLE} rows, extrapolated")
    print(f"    preview + import {preview + alone:27.1f} s  {(preview + alone) / ours:.0f}x ours")
    print(f"    import alone {alone:31.1f} s  {alone / apply:.0f}x our import")
    again(buyer, batch, rows)


def again(buyer: User, batch: ImportBatch, rows: int) -> None:
    same = receive_import(buyer, "suppliers", Path(batch.file.path), "again.xlsx")
    seconds = work_off(same, check_import)
    same.refresh_from_db()
    assert same.counts["same"] == rows, same.counts
    print(f"  checked again, every row the same        {seconds:8.1f} s")


def export(name: str, ending: str) -> None:
    before = peak_mb("self")
    rows = record_rows(
        User.objects.get(email=BUYER), "suppliers", Supplier.objects.order_by("code")
    )
    with tempfile.TemporaryFile() as target:
        if ending == "xlsx":
            seconds, count = took(
                lambda: write_table(target, "Suppliers", record_columns("suppliers"), rows)
            )
        else:
            pieces = csv_chunks(record_columns("suppliers"), rows)
            seconds, count = took(lambda: sum(piece.count(b"\n") for piece in pieces))
    grown = peak_mb("self") - before
    print(f"  export as {ending}: {count} rows in {seconds:.1f} s, peak memory + {grown:.0f} MB")


def clear(rows: int) -> None:
    batch = ImportBatch.objects.get(state="imported")
    undo_import(batch.owner, batch.pk)
    seconds = work_off(batch, undo_applied)
    batch.refresh_from_db()
    assert batch.state == "undone", batch.problems[:3]
    print(f"  undone as one batch                      {seconds:8.1f} s")


def main(step: str, name: str, rows: int) -> None:
    if step == "run":
        run(name, rows)
    elif step == "clear":
        clear(rows)
    else:
        export(name, step.removeprefix("export-"))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
