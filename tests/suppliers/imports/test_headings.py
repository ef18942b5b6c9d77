"""Wrong headings are named once for the whole file, with the heading that may be meant."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation

from accounts.models import User
from suppliers.enums import ImportState
from suppliers.models import ImportBatch, Supplier
from suppliers.rules.heading_resemblance import resembling
from suppliers.selectors.imports import file_problems
from tests.suppliers.imports.files import checked, workbook

pytestmark = pytest.mark.django_db


def said(batch: ImportBatch) -> list[tuple[str, str]]:
    return [(line.message, line.place) for line in file_problems(batch)]


def rows(batch: ImportBatch) -> list[Any]:
    return [problem["code"] for row in batch.rows.all() for problem in row.problems]


@pytest.mark.parametrize("heading", ["Foo", "Nmae", "Supplier name"])
def test_a_wrong_heading_of_the_name_is_one_problem(buyer: User, heading: str) -> None:
    rest = [[f"N{number}", f"Company {number}", "CN"] for number in range(20)]
    table = [["code", heading, "country"], *rest]
    batch = checked(buyer, workbook(table))
    assert batch.state == ImportState.FAULTY
    assert said(batch) == [(f"The column “Name” is missing; B1 says “{heading}”.", "Data!B1")]
    assert rows(batch) == []
    assert sum(batch.counts["problems"].values()) == 1


def test_a_missing_name_without_a_likely_heading(buyer: User) -> None:
    batch = checked(buyer, workbook([["code", "country"], ["N1", "CN"], ["N2", "QQ"]]))
    assert said(batch) == [("The column “Name” is missing.", "Data")]
    assert rows(batch) == ["country_unknown"]


def test_known_suppliers_need_no_name(buyer: User, supplier: Supplier) -> None:
    batch = checked(buyer, workbook([["code", "city"], [supplier.code, "Suzhou"]]))
    assert (batch.state, said(batch)) == (ImportState.READY, [])


@pytest.mark.parametrize(
    ("kind", "header", "message"),
    [
        (
            "contacts",
            ["supplier", "Names", "phone"],
            "The column “Name of the person” is missing; B1 says",
        ),
        ("sites", ["supplier", "code", "Name of sites"], "The column “Name of the site” is missi"),
        ("spend", ["supplier", "year", "currency", "Amuont"], "The column “Amount” is missing; D1"),
    ],
)
def test_every_kind_of_file(
    buyer: User, supplier: Supplier, kind: str, header: list[str], message: str
) -> None:
    row = [supplier.code, *("2025" for _each in header[1:])]
    batch = checked(buyer, workbook([header, row, row]), kind=kind)
    ((found, _place),) = [one for one in said(batch) if one[0].startswith(message[:20])]
    assert found.startswith(message)
    assert rows(batch) in ([], ["row_twice", "row_twice"])


def test_an_unknown_heading_suggests_the_one_it_resembles(buyer: User) -> None:
    batch = checked(
        buyer, workbook([["code", "name", "Contry code", "Colour"], ["N1", "N", "", ""]])
    )
    assert batch.state == ImportState.READY
    assert [message for message, _place in said(batch)] == [
        "The column “Contry code” is not known and is left out; “Country code” may be meant.",
        "The column “Colour” is not known and is left out.",
    ]


@pytest.mark.parametrize(
    ("heading", "known", "meant"),
    [
        ("供应商编号", ["供应商代码", "名称"], "供应商代码"),
        ("supplier name", ["supplier code", "name"], "name"),
        ("postcode", ["country code", "city"], None),
    ],
)
def test_resemblance(heading: str, known: list[str], meant: str | None) -> None:
    assert resembling(heading, known) == meant


def test_values_are_named_as_the_file_spells_them(buyer: User) -> None:
    batch = checked(buyer, workbook([["code", "name", "country"], ["N1", "One", "Atlantis"]]))
    (problem,) = batch.rows.get().problems
    assert problem["params"]["value"] == "Atlantis"


def test_numbers_above_and_below_are_explained(
    buyer: User, sign_in: Callable[[User], Client]
) -> None:
    table = [["code", "name", "country", "Colour"], ["N1", "One", "Atlantis", ""]]
    batch = checked(buyer, workbook(table))
    page = sign_in(buyer).get(f"/suppliers/imports/{batch.pk}/").content.decode()
    assert "1 problem to correct" in page
    assert "1 warning below needs no correction." in page
    assert "Problems and warnings" in page
    assert "rows with problems" in page


def test_a_moment_is_written_as_the_reader_writes_it(buyer: User) -> None:
    problem = {
        "code": "later_change",
        "params": {"key": "N1", "field": "city", "who": "Max", "when": "2026-11-26T02:27:00+00:00"},
    }
    batch = ImportBatch(kind="suppliers", problems=[problem])
    with timezone.override("Asia/Shanghai"), translation.override("en"):
        assert "by Max on 26 Nov 2026 10:27" in file_problems(batch)[0].message
    with timezone.override("Asia/Shanghai"), translation.override("zh-hans"):
        assert "2026年11月26日 10:27" in file_problems(batch)[0].message
