"""Version, origin of the file, reading notes, other knowledge, order, outdated templates."""

from __future__ import annotations

from datetime import date

from minerals.rules.compare import comparable
from minerals.rules.declaration import Note
from minerals.rules.reference import ReferenceEntry, ReferenceList
from tests.minerals.rules.forms import (
    answer,
    answered,
    by_cid,
    by_name,
    cmrt,
    codes,
    findings,
    plus_rows,
    small_form,
    with_field,
    with_rows,
)


def test_an_outdated_template_is_answered_with_the_newest() -> None:
    form = cmrt(outdated=True, version="3.01")
    (found,) = findings(form)
    assert (found.code, found.severity) == ("outdated_template", "error")
    assert found.params == {"family": "CMRT", "version": "3.01", "newest": "CMRT 6.5"}


def test_of_an_outdated_template_only_the_smelters_are_looked_at() -> None:
    form = with_field(cmrt(outdated=True, version="2.03"), "contact_name", "n/a")
    form = plus_rows(form, by_name(9, "Tin", "unknown"), by_name(10, "Tin", "Any", cid="1DEU001"))
    assert codes(form) == [
        ("outdated_template", "Declaration!J3"),
        ("smelter_placeholder", "Smelter List!C9"),
        ("smelter_unmatched", "Smelter List!C10"),
    ]


def test_versions_against_the_request_and_the_newest() -> None:
    older = cmrt(version="6.31")
    assert codes(older) == [("template_not_latest", "Declaration!J3")]
    assert codes(older, minimum_versions={"CMRT": "6.31"}) == [
        ("template_not_latest", "Declaration!J3")
    ]
    (found,) = findings(older, minimum_versions={"CMRT": "6.4"})
    assert (found.code, found.params["minimum"]) == ("template_below_minimum", "6.4")
    assert codes(cmrt(version="6.6")) == []


def test_the_cobalt_form_has_a_successor() -> None:
    form = with_rows(
        small_form("CRT", "2.21", ("Cobalt",), {"Q1": "Yes"}), by_name(5, "Cobalt", "Blue")
    )
    found = [item for item in findings(form, options={}) if item.code == "template_not_latest"]
    assert [item.params["newest"] for item in found] == ["EMRT 2.1"]


def test_the_same_bytes_again() -> None:
    (found,) = findings(cmrt(), known_elsewhere=True)
    assert (found.code, found.params) == ("same_file_other_supplier", {})
    (found,) = findings(cmrt(), known_hash_on=date(2025, 5, 1))
    assert (found.code, found.params) == ("same_file_as_before", {"date": "2025-05-01"})


def test_reading_notes_become_findings() -> None:
    notes = (
        Note("control_characters", "Declaration!D8"),
        Note("columns_shifted", "Declaration!P9", {"cell": "Declaration!P9", "found": "Q9"}),
        Note("macros_present"),
    )
    found = findings(cmrt(notes=notes))
    assert [(item.code, item.severity, item.cell) for item in found] == [
        ("macros_present", "error", ""),
        ("columns_shifted", "error", "Declaration!P9"),
        ("control_characters", "warning", "Declaration!D8"),
    ]
    assert found[1].params == {"cell": "Declaration!P9", "found": "Q9"}


def test_answers_without_a_mineral() -> None:
    form = cmrt(orphan_answers=(answer("Q1", None, 35, "Yes"),))
    (found,) = findings(form)
    assert (found.code, found.cell) == ("orphan_answer", "Declaration!D35")


def test_findings_come_by_severity_then_sheet_row_and_column() -> None:
    form = with_field(cmrt(), "contact_name", "n/a")
    form = with_field(form, "effective_date", "never")
    form = answered(form, "H", None, "Yes, with the EU")
    form = plus_rows(form, by_name(10, "Tin", "nobody knows"), by_name(9, "Tin", "unknown"))
    assert codes(form) == [
        ("date_unreadable", "Declaration!D22"),
        ("field_placeholder", "Declaration!D15"),
        ("smelter_placeholder", "Smelter List!C9"),
        ("smelter_unmatched", "Smelter List!C10"),
        ("legal_disclosure_stated", "Declaration!D89"),
    ]


def test_smelters_that_are_gone() -> None:
    before = comparable(plus_rows(cmrt(), by_cid(9, "CID900002")))
    assert codes(cmrt(), previous=comparable(cmrt())) == []
    (found,) = findings(cmrt(), previous=before)
    assert (found.code, found.cell) == ("smelters_gone", "Smelter List!B5")
    assert found.params == {"count": "1", "names": "Second Hill Smelting (demo)"}


def test_a_list_that_is_entirely_new() -> None:
    before = comparable(with_rows(cmrt(), by_cid(5, "CID900002"), by_cid(6, "CID900006")))
    (found,) = findings(cmrt(), previous=before)
    assert (found.code, found.params) == ("smelter_list_entirely_new", {"count": "2"})


def test_smelters_of_a_mineral_that_is_no_longer_used_may_go() -> None:
    now = with_rows(
        answered(cmrt(), "Q1", "Gold", "No"), by_cid(5, "CID900004"), by_cid(6, "CID900001")
    )
    before = comparable(plus_rows(now, by_cid(7, "CID900003")))
    assert (
        not {"smelters_gone", "smelter_list_entirely_new"}
        & dict(codes(now, previous=before)).keys()
    )


def test_a_list_of_everything() -> None:
    entries = tuple(ReferenceEntry(f"CID8{n:05}", "Tin", f"Works {n} demo") for n in range(20))
    reference = ReferenceList(entries)
    rows = [by_name(5 + n, "Tin", f"Works {n} demo") for n in range(18)]
    (found,) = findings(with_rows(cmrt(), *rows), reference=reference)
    assert (found.code, found.params["count"], found.params["total"]) == (
        "smelter_list_copies_reference",
        "18",
        "20",
    )
    assert codes(with_rows(cmrt(), *rows[:17]), reference=reference) == []


def test_the_country_of_the_smelter_as_origin() -> None:
    form = with_rows(cmrt(), by_cid(5, "CID900002", mine_countries="Brazil"))
    assert codes(form) == [("origin_equals_facility_country", "Smelter List!O5")]
    form = with_rows(cmrt(), by_cid(5, "CID900002", mine_countries="Brazil, Peru"))
    assert codes(form) == []
