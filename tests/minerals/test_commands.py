"""The command line: a stable contract that other tools call."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
import zipfile
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from minerals.enums import DeclarationStatus
from minerals.excel.sample import build_workbook, complete_answers
from minerals.models import CountryListing, Declaration, ReferenceSnapshot
from suppliers.models import Supplier

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]

KEYS = [
    "file", "sha256", "readable", "error", "family", "version", "language", "cached_values",
    "company", "minerals", "answers", "company_answers", "required_remaining", "open_items",
    "findings", "smelters", "products", "mines",
]  # fmt: skip


def written(path: Path, name: str = "Bright Tin Co.", **company: Any) -> Path:
    content: dict[str, Any] = dict(complete_answers("cmrt_6.5"))
    content["company"] = {**content["company"], "company_name": name, **company}
    path.write_bytes(build_workbook(**content))
    return path


def check(*files: Path, **options: Any) -> tuple[int, str]:
    """Exit status and what was printed."""
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("check_declaration", *map(str, files), stdout=out, **options)
    assert isinstance(ended.value.code, int)
    return ended.value.code, out.getvalue()


def reports(*files: Path) -> tuple[int, list[dict[str, Any]]]:
    status, text = check(*files, format="json")
    return status, json.loads(text)


def test_complete_file_gives_status_0_and_the_keys_of_the_contract(tmp_path: Path) -> None:
    status, (report,) = reports(written(tmp_path / "good.xlsx"))
    assert status == 0
    assert list(report) == KEYS
    assert report["file"] == "good.xlsx"
    assert (report["readable"], report["error"]) == (True, None)
    assert report["company"] == {
        "name": "Bright Tin Co.",
        "scope": "A",
        "contact_email": "dana@bright-devices.example",
        "effective_on": "2026-03-31",
    }
    assert report["minerals"] == ["Tantalum", "Tin", "Gold", "Tungsten"]
    assert report["answers"][0] == {
        "question": "Q1",
        "mineral": "Tantalum",
        "value": "Yes",
        "comment": "",
        "cell": "Declaration!D26",
    }
    assert len(report["answers"]) == 32
    assert [item["question"] for item in report["company_answers"]] == list("ABCDEFGH")
    assert report["required_remaining"] == 0
    assert report["smelters"][0] == {
        "row": 5,
        "metal": "Tantalum",
        "cid": "CID900011",
        "standard_name": "Second Tantalum Refinery (demo)",
        "country": "JAPAN",
        "match": "cid",
        "suggestions": [],
    }
    assert not Declaration.objects.exists()


def test_open_row_gives_status_1_with_its_checker_row_and_cell(tmp_path: Path) -> None:
    status, (report,) = reports(written(tmp_path / "open.xlsx", contact_email=""))
    assert status == 1
    assert report["open_items"] == [
        {
            "checker_row": 8,
            "cell": "Declaration!D16",
            "code": "contact_email_missing",
            "counted": True,
        }
    ]


def test_error_finding_alone_gives_status_1(tmp_path: Path) -> None:
    content: dict[str, Any] = dict(complete_answers("cmrt_6.5"))
    content["smelters"].append({"cid_input": "CID12", "metal": "Tin", "lookup": "Works"})
    path = tmp_path / "malformed.xlsx"
    path.write_bytes(build_workbook(**content))
    status, (report,) = reports(path)
    assert status == 1
    assert report["required_remaining"] == 0
    errors = [item for item in report["findings"] if item["severity"] == "error"]
    assert [(item["code"], item["cell"]) for item in errors] == [
        ("smelter_cid_malformed", "Smelter List!A9")
    ]
    assert all(item["message"] and item["remedy"] for item in errors)


def test_one_unreadable_file_gives_status_2_and_the_others_are_judged(tmp_path: Path) -> None:
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"%PDF-1.7 not a workbook")
    status, (first, second, third) = reports(
        bad, written(tmp_path / "good.xlsx"), tmp_path / "missing.xlsx"
    )
    assert status == 2
    assert (first["readable"], first["error"]["code"]) == (False, "not_a_spreadsheet")
    assert "PDF" in first["error"]["message"]
    assert second["readable"]
    assert third["error"]["code"] == "file_not_found"
    assert third["sha256"] is None


def test_output_goes_to_the_file(tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    status, text = check(written(tmp_path / "good.xlsx"), format="json", output=target)
    assert (status, text) == (0, "")
    assert json.loads(target.read_text(encoding="utf-8"))[0]["family"] == "CMRT"


def test_table_names_file_cell_and_code_in_either_language(tmp_path: Path) -> None:
    path = written(tmp_path / "open.xlsx", contact_email="", effective_date="2026-03-31")
    _status, english = check(path)
    assert "open.xlsx: CMRT 6.5" in english
    assert "Declaration!D16" in english
    assert "[date_is_text]" in english
    _status, chinese = check(path, language="zh-hans")
    assert "联系人" in chinese


def ingest(*paths: Path, **options: Any) -> str:
    out = StringIO()
    call_command("ingest_declarations", *map(str, paths), stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def test_ingest_takes_folders_and_zips_and_finds_the_supplier_by_name(
    tmp_path: Path, supplier: Supplier
) -> None:
    folder = tmp_path / "in" / "deeper"
    folder.mkdir(parents=True)
    written(folder / "one.xlsx", unique_id="1")
    (folder / "notes.txt").write_text("not a workbook")
    with zipfile.ZipFile(tmp_path / "in" / "more.zip", "w") as archive:
        archive.write(written(tmp_path / "two.xlsx", unique_id="2"), "inner/two.xlsx")
    summary = ingest(tmp_path / "in")
    assert Declaration.objects.filter(supplier=supplier).count() == 2
    assert summary.split()[-2:] == ["files", "2"]


def test_ingest_goes_on_after_a_bad_file_and_says_which(tmp_path: Path, supplier: Supplier) -> None:
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"")
    good = written(tmp_path / "good.xlsx")
    complaints = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command(
            "ingest_declarations",
            str(bad),
            str(good),
            supplier=supplier.code,
            stdout=StringIO(),
            stderr=complaints,
        )
    assert ended.value.code == 1
    assert "bad.xlsx" in complaints.getvalue()
    assert Declaration.objects.get().status == DeclarationStatus.STRUCTURALLY_VALID


def test_ingest_by_mapping(tmp_path: Path, supplier: Supplier, other_supplier: Supplier) -> None:
    first = written(tmp_path / "a.xlsx", unique_id="1")
    second = written(tmp_path / "b.xlsx", unique_id="2")
    mapping = tmp_path / "mapping.csv"
    mapping.write_text("file,supplier\nA.xlsx,S-1\nb.xlsx,S-2\n", encoding="utf-8")
    ingest(first, second, mapping=mapping)
    owners = dict(Declaration.objects.values_list("file_name", "supplier__code"))
    assert owners == {"a.xlsx": "S-1", "b.xlsx": "S-2"}


def test_ingest_with_an_unknown_supplier_stores_nothing(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no supplier with the code S-9"):
        ingest(written(tmp_path / "a.xlsx"), supplier="S-9")
    assert not Declaration.objects.exists()


def test_install_template_twice_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    path.write_bytes(build_workbook("cmrt_6.5"))
    texts = []
    for _ in range(2):
        out = StringIO()
        call_command("install_template", str(path), stdout=out)
        texts.append(out.getvalue())
    assert "CMRT 6.5 installed" in texts[0]
    assert "nothing changed" in texts[1]
    assert ReferenceSnapshot.objects.count() == 1


def test_install_template_refuses_what_has_no_look_up(tmp_path: Path) -> None:
    path = tmp_path / "old.xlsx"
    path.write_bytes(build_workbook("cmrt_3.01"))
    complaints = StringIO()
    with pytest.raises(CommandError, match="1 of 1 files were not installed"):
        call_command("install_template", str(path), stderr=complaints)
    assert "has no smelter look-up" in complaints.getvalue()
    assert not ReferenceSnapshot.objects.exists()


def test_check_works_on_a_database_without_tables(tmp_path: Path) -> None:
    surroundings = {**os.environ, "VAR_DIR": str(tmp_path / "var"), "DATABASE_URL": ""}
    done = subprocess.run(
        [sys.executable, "manage.py", "check_declaration", str(written(tmp_path / "good.xlsx"))],
        cwd=ROOT,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "good.xlsx: CMRT 6.5" in done.stdout


def test_check_knows_the_list_of_high_risk_areas_of_the_day(tmp_path: Path) -> None:
    content: dict[str, Any] = dict(complete_answers("cmrt_6.5"))
    content["answers"] = {**content["answers"], ("Q4", "Tin"): "No"}
    tin = {"metal": "Tin", "lookup": "Quiet Tin Works (demo)", "mine_countries": "Peru"}
    content["smelters"] = [*content["smelters"], tin]
    path = tmp_path / "peru.xlsx"
    path.write_bytes(build_workbook(**content))

    def codes() -> set[str]:
        _status, (report,) = reports(path)
        return {item["code"] for item in report["findings"]}

    assert "cahra_no_with_listed_mine" not in codes()
    CountryListing.objects.create(
        kind="cahra", country_code="PE", valid_from=dt.date(2026, 3, 31), source="Invented."
    )
    assert "cahra_no_with_listed_mine" in codes()
    CountryListing.objects.update(valid_from=dt.date(2026, 4, 1))
    assert "cahra_no_with_listed_mine" not in codes(), "the file speaks of the day before"
