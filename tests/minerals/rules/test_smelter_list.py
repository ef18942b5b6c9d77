"""Reading rows of a smelter list, and holding two lists against each other."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from minerals.rules.smelter_list.columns import COLUMNS, known_headings, recognised, usable
from minerals.rules.smelter_list.dates import (
    Order,
    cycle_years,
    due_date,
    list_date,
    order_of,
)
from minerals.rules.smelter_list.differences import changes, counts, holds, same_content
from minerals.rules.smelter_list.entries import (
    ListEntry,
    ReadList,
    Surroundings,
    metal_name,
    name_key,
    read_entries,
)
from minerals.rules.smelter_list.problems import PROBLEMS
from minerals.rules.smelter_status import known_status

DAY = dt.date(2026, 6, 30)
CODES = ("cid", "metal", "name", "country", "status", "last_audit", "cycle", "due")
COLUMNS_OF_TEST = {code: place for place, code in enumerate(CODES)}


def read(*rows: dict[str, str], columns: dict[str, int] | None = None, **around: Any) -> ReadList:
    """Rows from 2 on; a good one but for what is given."""
    good = dict(
        zip(CODES, ("CID900001", "Tin", "Bright", "PERU", "Active", "", "", ""), strict=True)
    )
    table = [
        (number, [(good | given)[code] for code in CODES])
        for number, given in enumerate(rows, start=2)
    ]
    surroundings = Surroundings(DAY, known_status, **around)
    return read_entries(table, COLUMNS_OF_TEST if columns is None else columns, surroundings)


def problems(found: ReadList) -> list[tuple[int, str, str]]:
    return [(one["row"], one["column"], one["code"]) for one in found.problems]


def test_headings_of_rmi_and_of_others() -> None:
    rmi = ["Smelter ID", "Metal", "Standard Smelter Name", "Country Location", "RMAP Status"]
    assert recognised([*rmi, "Last Audit Date", "Audit Cycle"]) == dict(
        zip(CODES[:7], range(7), strict=True)
    )
    assert recognised(["Status", "  smelter  ID *", "Company", "RMAP status"]) == {
        "cid": 1,
        "name": 2,
        "status": 3,
    }
    assert recognised(["金属", "冶炼厂名称"]) == {"metal": 0, "name": 1}
    assert recognised(["Name", "Name"]) == {"name": 0}


def test_each_heading_means_one_thing() -> None:
    assert len(known_headings()) == sum(len(column.words) for column in COLUMNS)


def test_only_columns_that_exist_can_be_chosen() -> None:
    chosen: dict[str, object] = {"cid": 1, "name": 9, "status": -1, "nonsense": 0, "metal": "1"}
    assert usable(chosen, 3) == {"cid": 1}


def test_a_row_in_full() -> None:
    found = read(
        {"cid": " cid 900001 ", "metal": "TIN", "last_audit": "2026-02-28", "cycle": "2 Years"}
    )
    assert found.problems == []
    assert found.entries == [
        ListEntry(
            2, "CID900001", "Tin", "Bright", "PERU", "active", "Active", dt.date(2026, 2, 28),
            "2 Years", 2, dt.date(2028, 2, 28),
        )
    ]  # fmt: skip


def test_a_stated_due_date_goes_before_a_computed_one() -> None:
    entry = read({"last_audit": "2026-01-01", "cycle": "1", "due": "2026-09-30"}).entries[0]
    assert entry.due_on == dt.date(2026, 9, 30)


@pytest.mark.parametrize(
    ("rows", "kept", "expected"),
    [
        ([{"cid": ""}], 0, [(2, "A", "id_missing")]),
        ([{"cid": "1DEU001"}], 0, [(2, "A", "id_malformed")]),
        ([{"cid": "CID12345"}], 0, [(2, "A", "id_malformed")]),
        ([{"cid": "CID９００００１"}], 0, [(2, "A", "id_malformed")]),
        ([{}, {"name": "Other"}], 1, [(3, "A", "id_twice")]),
        ([{}, {"metal": "Gold"}], 1, [(3, "A", "id_two_metals")]),
        ([{"name": ""}], 1, [(2, "C", "name_missing")]),
        ([{"metal": ""}], 1, [(2, "B", "metal_missing")]),
        ([{"status": ""}], 1, [(2, "E", "status_missing")]),
        ([{"status": "Paused"}], 1, [(2, "E", "status_unknown")]),
        ([{"last_audit": "03/04/2026"}], 1, [(2, "F", "date_unclear")]),
        ([{"last_audit": "2026-07-01"}], 1, [(2, "F", "date_in_future")]),
        ([{"last_audit": "2026-06-30"}], 1, []),
        ([{"last_audit": "n/a", "cycle": "-", "due": "none"}], 1, []),
        ([{"cycle": "1000 years"}], 1, [(2, "G", "cycle_unclear")]),
        ([{"due": "2031-99-01"}], 1, [(2, "H", "date_unclear")]),
    ],
)
def test_every_problem_has_its_place(
    rows: list[dict[str, str]], kept: int, expected: list[tuple[int, str, str]]
) -> None:
    found = read(*rows)
    assert (len(found.entries), problems(found)) == (kept, expected)
    assert all(code in PROBLEMS for _row, _column, code in expected)


def test_the_first_of_two_rows_is_kept() -> None:
    found = read({"name": "First"}, {"name": "Second", "metal": "Gold"})
    assert [entry.name for entry in found.entries] == ["First"]
    assert found.problems[0]["params"] == {"first": 2, "first_metal": "Tin", "metal": "Gold"}


def test_an_unknown_word_is_kept_as_it_stands() -> None:
    entry = read({"status": "Paused  at own request"}).entries[0]
    assert (entry.status, entry.status_text) == ("", "Paused at own request")


def test_what_the_register_knows_fills_gaps_and_contradicts() -> None:
    known = {"CID900001": ("Tin", "Bright Tin")}
    entry = read({"metal": "", "name": ""}, known=known).entries[0]
    assert (entry.metal, entry.name) == ("Tin", "Bright Tin")
    other = read({"metal": "Gold"}, known=known)
    assert (other.entries[0].metal, problems(other)) == ("Gold", [(2, "B", "id_other_metal")])
    assert read({"metal": "tin"}, known=known).problems == []


def test_lists_of_other_schemes_need_no_status() -> None:
    columns = {"cid": 0, "name": 2}
    found = read({}, columns=columns, plain_status="cross_recognised", metal="Gold")
    assert (found.entries[0].status, found.entries[0].metal, found.problems) == (
        "cross_recognised",
        "Gold",
        [],
    )
    said = read({"status": "Non Conformant"}, plain_status="cross_recognised")
    assert said.entries[0].status == "non_conformant"


def test_a_name_that_means_one_smelter_gives_the_id() -> None:
    by_name = {name_key("Tin", "Bright"): "CID900001", name_key("Tin", "Twin"): ""}
    found = read({"cid": ""}, {"cid": "", "name": "Twin"}, by_name=by_name)
    assert [entry.cid for entry in found.entries] == ["CID900001"]
    assert problems(found) == [(2, "C", "id_by_name"), (3, "A", "id_missing")]
    other_metal = read({"cid": "", "metal": "Gold"}, by_name=by_name)
    assert problems(other_metal) == [(2, "A", "id_missing")]
    without = read({}, {"name": "BRIGHT"}, columns={"metal": 1, "name": 2}, by_name=by_name)
    assert [one["code"] for one in without.problems] == ["id_by_name", "id_by_name", "id_twice"]


def test_without_a_column_for_the_id_nothing_is_read() -> None:
    assert read({}, columns={"name": 2}) == ReadList()


def test_metals_by_other_names() -> None:
    assert [metal_name(text) for text in ("TIN", "Aluminium", "钽", "Unobtainium ")] == [
        "Tin",
        "Aluminum",
        "Tantalum",
        "Unobtainium",
    ]


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["03/04/2026", "12/25/2025"], "month"),
        (["03/04/2026", "25/12/2025", "x"], "day"),
        (["03/04/2026"], ""),
        (["25/12/2025", "12/25/2025"], ""),
    ],
)
def test_the_column_tells_which_comes_first(texts: list[str], order: str) -> None:
    assert order_of(texts) == order


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("03/04/2026", "month", dt.date(2026, 3, 4)),
        ("03/04/2026", "day", dt.date(2026, 4, 3)),
        ("03/04/2026", "", None),
        ("3/14/2026 12:00:00 AM", "", dt.date(2026, 3, 14)),
        ("46000", "", dt.date(2025, 12, 9)),
        ("14-Mar-2026", "", dt.date(2026, 3, 14)),
        ("31/02/2026", "day", None),
    ],
)
def test_dates_of_any_habit(text: str, order: Order, day: dt.date | None) -> None:
    assert list_date(text, order) == day


def test_cycles_and_due_dates() -> None:
    assert [cycle_years(text) for text in ("1 year", "3-Year", "2", "", "0", "x")] == [
        1, 3, 2, None, None, None,
    ]  # fmt: skip
    assert due_date(dt.date(2024, 2, 29), 1) == dt.date(2025, 2, 28)
    assert due_date(None, 1) is None


def entry(cid: str, **fields: Any) -> ListEntry:
    facts = {"metal": "Tin", "name": f"Works {cid}", "status": "active", **fields}
    return ListEntry(row=2, cid=cid, **facts)


def listed(*entries: ListEntry) -> dict[str, ListEntry]:
    return {one.cid: one for one in entries}


def test_new_gone_renamed_and_other_status() -> None:
    before = listed(entry("A"), entry("B"), entry("C"), entry("D"))
    now = listed(entry("A"), entry("B", status="conformant"), entry("C", name="Other"), entry("E"))
    found = changes(before, now)
    assert [(one.kind, one.entry.cid) for one in found] == [
        ("new", "E"),
        ("gone", "D"),
        ("status", "B"),
        ("renamed", "C"),
    ]
    assert counts(found) == {"new": 1, "gone": 1, "status": 1, "renamed": 1}


def test_spelling_is_no_new_name_and_a_word_is_no_new_status() -> None:
    before = listed(entry("A", name="Bright  Tin"), entry("B", status="", status_text="Paused"))
    now = listed(entry("A", name="BRIGHT TIN"), entry("B", status="", status_text="paused "))
    assert changes(before, now) == []
    other = listed(entry("A", name="bright tin"), entry("B", status="", status_text="Stopped"))
    assert [one.kind for one in changes(before, other)] == ["status"]


def test_the_same_content_whatever_the_order() -> None:
    one, two = entry("A"), entry("B")
    assert same_content(listed(one, two), listed(two, one))
    assert not same_content(listed(one), listed(one, two))
    assert not same_content(listed(one), listed(entry("A", country="PERU")))


@pytest.mark.parametrize(
    ("gone", "before", "held"),
    [(39, 100, []), (40, 100, ["many_gone"]), (2, 5, ["many_gone"]), (0, 0, []), (1, 3, [])],
)
def test_a_file_that_loses_two_fifths_is_held(gone: int, before: int, held: list[str]) -> None:
    assert holds(gone, before, DAY, None) == held


def test_a_list_older_than_the_newest_is_held() -> None:
    assert holds(0, 10, DAY, DAY + dt.timedelta(days=1)) == ["older_than_newest"]
    assert holds(0, 10, DAY, DAY) == []
