"""Two invented suppliers whose lists share their order and their typing errors. Demo mode only."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from minerals.excel.sample import build_workbook
from minerals.excel.sample_lookup import demo_lookup
from minerals.models import Declaration, PlausibilityAlert
from minerals.services.plausibility import look_at_all
from portal.demo.files import DemoFile, demo_content, hand_in
from suppliers.models import Supplier
from suppliers.workflow import LEFT

METALS = ("Tin", "Gold", "Tantalum", "Tungsten")
ERRORS = (
    ("Tin", "Qiuet Tin Wroks of the North (demo)"),
    ("Gold", "Goldn Kettel Raffinery II (demo)"),
    ("Tungsten", "Hevy Stone Tungstn Branch (demo)"),
)


def load_plausibility() -> bool:
    """Once: two suppliers without a declaration hand in lists of one origin."""
    if PlausibilityAlert.objects.exists():
        return False
    with_file = Declaration.objects.exclude(supplier=None).values("supplier")
    others = Supplier.objects.living().exclude(pk__in=with_file).exclude(status__in=LEFT)
    with TemporaryDirectory() as folder:
        for supplier in others.filter(parent=None).order_by("code")[:2]:
            content = demo_content(supplier.name)
            content["smelters"] = _rows()
            name = f"{supplier.code} CMRT (demo).xlsx"
            hand_in(Path(folder), DemoFile(supplier.code, name, build_workbook(**content)))
    look_at_all()
    return True


def _rows() -> list[dict[str, str]]:
    known = [
        {"metal": entry.metal, "lookup": entry.standard_name}
        for entry in demo_lookup(METALS)
        if entry.cid and entry.name == entry.standard_name
    ]
    own = [
        {"metal": metal, "lookup": "Smelter not listed", "name": name, "country": "CHINA"}
        for metal, name in ERRORS
    ]
    return [*known, *own]
