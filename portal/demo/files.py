"""Invented declarations that show every verdict. Used in demo mode only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from minerals.enums import Source
from minerals.excel.sample import build_workbook, complete_answers
from minerals.models import Declaration, ReferenceSnapshot
from minerals.services.judging import judge_received
from minerals.services.receive import Delivery, IncomingFile, receive_files
from minerals.services.templates import install_template
from suppliers.models import Supplier

DEMO_LAYOUTS = ("cmrt_6.5", "emrt_2.1")


@dataclass(frozen=True, slots=True)
class DemoFile:
    supplier_code: str
    name: str
    content: bytes


def load_declarations() -> bool:
    """Install the invented reference lists and hand in the demo files; once."""
    if Declaration.objects.filter(source=Source.DEMO).exists():
        return False
    with TemporaryDirectory() as folder:
        for layout in DEMO_LAYOUTS:
            _install(Path(folder), layout)
        for file in demo_files():
            hand_in(Path(folder), file)
    return True


def demo_files() -> Iterator[DemoFile]:
    yield DemoFile("DEMO-001", "Bright Tin CMRT 2025 (demo).xlsx", _last_year())
    yield DemoFile("DEMO-001", "亮锡 CMRT 2026 (demo).xlsx", _contradicting())
    yield DemoFile(
        "DEMO-002", "Golden Contact CMRT (demo).xlsx", _complete("Golden Contact Ltd (demo)")
    )
    yield DemoFile("DEMO-003", "Nordic Tantal CMRT (demo).xlsx", _incomplete())
    yield DemoFile("DEMO-004", "Wolfram Werk CMRT (demo).xlsx", _misspelt())
    yield DemoFile("DEMO-005", "Cobalt Cathode EMRT (demo).xlsx", _emrt())
    yield DemoFile("DEMO-006", "Sakura old CMRT (demo).xlsx", _outdated())


def _install(folder: Path, layout: str) -> None:
    if ReferenceSnapshot.objects.filter(family=layout[:4].upper()).exists():
        return
    path = folder / f"{layout}-demo-template.xlsx"
    path.write_bytes(build_workbook(layout))
    install_template(None, path, path.name, is_demo=True)


def hand_in(folder: Path, file: DemoFile) -> None:
    path = folder / "demo.xlsx"
    path.write_bytes(file.content)
    supplier = Supplier.objects.get(code=file.supplier_code)
    delivery = Delivery(None, Source.DEMO, supplier, queued=False)
    for received in receive_files(delivery, [IncomingFile(path, file.name)]):
        if received.declaration is not None and received.job.open:
            judge_received(received.declaration.pk, received.job.pk)


def demo_content(company: str, layout: str = "cmrt_6.5") -> dict[str, Any]:
    content: dict[str, Any] = dict(complete_answers(layout))
    own = {"company_name": company, "effective_date": dt.date(2026, 3, 31)}
    content["company"] = {**content["company"], **own}
    return content


def _complete(company: str) -> bytes:
    return build_workbook(**demo_content(company))


def _last_year() -> bytes:
    content = demo_content("Bright Tin Co. (demo)")
    content["company"]["effective_date"] = dt.date(2025, 6, 30)
    return build_workbook("cmrt_6.4", **content)


def _contradicting() -> bytes:
    """Chinese file: tungsten is “No” and yet has a smelter; question 7 contradicts question 6."""
    content = demo_content("亮锡有限公司（演示）")
    content["answers"][("Q1", "Tungsten")] = "No"
    content["answers"][("Q6", "Tin")] = "Greater than 75%"
    content["company"]["contact_email"] = ""
    content["smelters"].append(
        {"metal": "Tin", "lookup": "Brigth Tin Smelting Co. (demo)", "country": "CHINA"}
    )
    return build_workbook(**content, language="中文 Chinese")


def _incomplete() -> bytes:
    content = demo_content("Nordic Tantal AB (demo)")
    for question in ("Q3", "Q4", "Q6"):
        content["answers"].pop((question, "Tantalum"))
    content["answers"].pop(("A", None))
    content["company"]["authorizer_email"] = "not available"
    return build_workbook(**content)


def _misspelt() -> bytes:
    content = demo_content("Wolfram Werk GmbH (demo)")
    content["smelters"] = [
        {"metal": "Tungsten", "lookup": "Filamnt Works (demo)", "country": "BRAZIL"},
        {
            "metal": "Tin",
            "lookup": "Smelter not listed",
            "name": "Bright Tin Smelting",
            "country": "CHINA",
        },
        {"metal": "Gold", "lookup": "Smelter not yet identified"},
        *content["smelters"],
    ]
    return build_workbook(**content)


def _emrt() -> bytes:
    return build_workbook("emrt_2.1", **demo_content("Cobalt Cathode Corp. (demo)", "emrt_2.1"))


def _outdated() -> bytes:
    return build_workbook("cmrt_3.01", **demo_content("Sakura Denshi KK (demo)", "cmrt_3.01"))
