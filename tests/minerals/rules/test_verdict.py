"""The verdict in one sentence."""

from __future__ import annotations

from minerals.rules.consistency.making import finding
from minerals.rules.judgement import OpenItem, SmelterMatch, Suggestion
from minerals.rules.verdict import Verdict, verdict, verdict_sentence

ERROR = finding("date_in_future", "Declaration!D22", date="2030-01-01")
WARNING = finding("email_invalid", "Declaration!D16")
CONTRADICTION = finding("smelter_of_undeclared_mineral", "Declaration!D28")
CONTRADICTING_WARNING = finding("all_identified_with_gaps", "Declaration!D63")
INFO = finding("covered_yes_cahra_no", "Declaration!D39")
OPEN = OpenItem(8, "Declaration!D16", "contact_email_missing")
WAITING = SmelterMatch(5, "unmatched", "", (Suggestion("CID900001", "Bright", "JAPAN", 0.9),))


def plural(one: str, many: str, count: int) -> str:
    return one if count == 1 else many


def sentence(found: Verdict) -> str:
    return verdict_sentence(found, str, plural)


def test_nothing_to_correct() -> None:
    found = verdict((), (INFO,), (SmelterMatch(5, "cid", "CID900001"),), False)
    assert (found.state, sentence(found)) == ("clean", "Nothing to correct.")


def test_warnings_ask() -> None:
    found = verdict((), (WARNING, CONTRADICTING_WARNING), (), False)
    assert (found.state, found.warnings, found.contradictions) == ("with_warnings", 2, 1)
    assert sentence(found) == "Complete, with points to clear up: 1 contradiction, 1 warning."


def test_a_smelter_that_waits_asks_too() -> None:
    found = verdict((), (), (WAITING, WAITING), False)
    assert sentence(found) == "Complete, with points to clear up: 2 smelters need you."


def test_open_fields_and_errors_block() -> None:
    found = verdict((OPEN, OPEN, OPEN), (CONTRADICTION, ERROR, WARNING), (WAITING,), False)
    assert found.state == "correct_first"
    assert (found.open_fields, found.contradictions, found.errors, found.warnings) == (3, 1, 2, 1)
    assert sentence(found) == (
        "Cannot be accepted yet: 3 required fields open, 1 contradiction, 1 other error, "
        "1 warning, 1 smelter needs you."
    )


def test_rows_that_the_official_total_leaves_out_do_not_block() -> None:
    flagged = OpenItem(29, "Declaration!D43", "answer_missing", counted=False)
    assert verdict((flagged,), (), (), False).state == "clean"


def test_an_old_template_is_outdated_whatever_else() -> None:
    found = verdict((OPEN,), (finding("outdated_template"),), (), True)
    assert (found.state, found.headline) == ("outdated", "Outdated template")


def test_a_file_that_cannot_be_read() -> None:
    assert sentence(Verdict("unreadable")) == "This file cannot be read."
