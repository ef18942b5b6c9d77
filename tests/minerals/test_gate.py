"""What the supplier's declarations tell the lifecycle, and when they tell nothing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from accounts.models import User
from core import clock
from minerals.enums import DeclarationStatus, VerdictState
from minerals.rules.families import forms_needed
from minerals.services.gate import push_declaration_gate
from suppliers.enums import GateKind
from suppliers.models import GateRecord, Supplier
from suppliers.services.gates import GateInput, record_gate
from tests.permissions.world import declaration

pytestmark = pytest.mark.django_db
CLEAN = {"verdict": VerdictState.CLEAN, "status": DeclarationStatus.STRUCTURALLY_VALID}


def scope(supplier: Supplier, *metals: str) -> None:
    for metal in metals:
        supplier.minerals.create(metal=metal, reason="solder")


def records(supplier: Supplier) -> list[tuple[str, str]]:
    rows = GateRecord.objects.filter(supplier=supplier).order_by("pk")
    return list(rows.values_list("source", "result"))


@pytest.mark.parametrize(
    ("materials", "needed"),
    [
        ([], []),
        (["tin", "gold"], [{"CMRT"}]),
        (["cobalt"], [{"EMRT", "CRT"}]),
        (["cobalt", "mica"], [{"EMRT"}]),
        (["tungsten", "nickel"], [{"CMRT"}, {"EMRT"}]),
    ],
)
def test_forms_needed(materials: list[str], needed: list[set[str]]) -> None:
    assert [set(each) for each in forms_needed(materials)] == needed


def test_nothing_open_passes_for_a_year(supplier: Supplier) -> None:
    scope(supplier, "tin")
    day = clock.today() - dt.timedelta(days=30)
    declaration(supplier, "a", effective_on=day, **CLEAN)
    record = push_declaration_gate(supplier.pk)
    assert record is not None
    assert (record.kind, record.result, record.source) == ("declaration", "passed", "minerals")
    assert (record.dated_on, record.valid_until) == (day, day + dt.timedelta(days=365))


def test_every_form_that_is_needed_must_be_there(supplier: Supplier) -> None:
    scope(supplier, "tin", "cobalt")
    declaration(supplier, "a", **CLEAN)
    assert push_declaration_gate(supplier.pk) is None
    declaration(supplier, "b", family="EMRT", version="2.1", **CLEAN)
    assert push_declaration_gate(supplier.pk) is not None


def test_what_must_be_corrected_fails(supplier: Supplier) -> None:
    scope(supplier, "gold", "cobalt")
    declaration(supplier, "a", verdict=VerdictState.CORRECT_FIRST)
    push_declaration_gate(supplier.pk)
    assert records(supplier) == [("minerals", "failed")]


@pytest.mark.parametrize(
    "facts",
    [
        {"verdict": VerdictState.WITH_WARNINGS},
        {"verdict": VerdictState.CLEAN, "status": DeclarationStatus.SUPERSEDED},
        {"verdict": VerdictState.CLEAN, "judged_at": None},
    ],
)
def test_what_only_a_person_can_say_is_left_to_a_person(
    supplier: Supplier, facts: dict[str, Any]
) -> None:
    scope(supplier, "tin")
    declaration(supplier, "a", **facts)
    assert push_declaration_gate(supplier.pk) is None


def test_without_minerals_nothing_is_said(supplier: Supplier) -> None:
    declaration(supplier, "a", **CLEAN)
    assert push_declaration_gate(supplier.pk) is None
    assert push_declaration_gate(None) is None


def test_a_decision_of_a_person_about_the_same_file_stays(
    supplier: Supplier, csr_specialist: User
) -> None:
    scope(supplier, "tin")
    file = declaration(supplier, "a", verdict=VerdictState.CORRECT_FIRST)
    push_declaration_gate(supplier.pk)
    by_hand = GateInput(GateKind.DECLARATION, "passed", clock.today(), note="Cleared by mail")
    record_gate(csr_specialist, supplier.pk, by_hand)
    assert push_declaration_gate(supplier.pk) is None
    assert records(supplier)[-1] == ("manual", "passed")
    file.verdict = VerdictState.CLEAN
    file.save()
    push_declaration_gate(supplier.pk)
    assert records(supplier)[-1] == ("minerals", "passed")
