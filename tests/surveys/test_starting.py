"""Preparing a survey, seeing whom it would ask, starting it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from accounts.models import User
from core import clock
from core.errors import DomainError
from core.models import Letter, LetterState
from minerals.models import RiskPolicyVersion, RiskRating
from suppliers.models import AnnualSpend, StatusChange, Supplier
from surveys.models import FrozenScope, Participant
from surveys.selectors.mails import letters_of
from surveys.selectors.scope import scope_preview
from surveys.services.campaigns import (
    change_campaign,
    choose_supplier,
    create_campaign,
    drop_choice,
)
from surveys.services.starting import start_campaign
from tests.factories.minerals import make_declaration
from tests.factories.surveys import in_scope, part_of, prepared, running, survey_input

pytestmark = pytest.mark.django_db


def reasons(campaign: Any) -> dict[int, tuple[str, ...]]:
    return {line.key: line.reasons for line in scope_preview(campaign).scope.lines}


def test_only_active_suppliers_with_minerals_are_in_scope(csr_specialist: User) -> None:
    active = in_scope()
    in_scope(metals=())
    in_scope(status="registered")
    in_scope(status="disqualified")
    in_scope(metals=("cobalt",))
    merged = in_scope()
    Supplier.objects.filter(pk=merged.pk).update(merged_into=active)
    campaign = prepared(csr_specialist)
    assert set(reasons(campaign)) == {active.pk}


def test_coverage_and_who_is_brought_in(csr_specialist: User) -> None:
    large, small = in_scope(95_000), in_scope(3_000)
    single = in_scope(1_000, single_source=True)
    new = in_scope(1_000)
    StatusChange.objects.create(
        supplier=new,
        action="approve",
        from_status="approval",
        to_status="qualified",
        at=clock.now(),
    )
    leaving = in_scope(0, phase_out_on=clock.today())
    campaign = prepared(csr_specialist, scope_method="coverage", share=95)
    assert reasons(campaign) == {
        large.pk: ("coverage",),
        small.pk: ("below",),
        single.pk: ("single_source",),
        new.pk: ("new",),
        leaving.pk: ("phase_out",),
    }


def test_high_risk_is_brought_in(csr_specialist: User) -> None:
    in_scope(95_000)
    risky = in_scope(10)
    RiskRating.objects.filter(supplier=risky).delete()
    RiskRating.objects.create(
        supplier=risky,
        level="high",
        computed_level="high",
        rated_on=clock.today(),
        policy=RiskPolicyVersion.objects.get(),
    )
    campaign = prepared(csr_specialist, scope_method="coverage")
    assert reasons(campaign)[risky.pk] == ("high_risk",)


def test_spend_in_other_currencies_needs_a_rate(csr_specialist: User) -> None:
    abroad = in_scope(0)
    year = clock.today().year - 1
    AnnualSpend.objects.create(supplier=abroad, year=year, currency="USD", amount=100)
    campaign = prepared(csr_specialist)
    assert scope_preview(campaign).uncounted == {"USD": 1}
    campaign.rates = {"USD": "7.1"}
    preview = scope_preview(campaign)
    assert preview.uncounted == {}
    assert preview.scope.spend == 71_000


def test_by_hand_and_back(csr_specialist: User) -> None:
    out, kept = in_scope(95_000), in_scope(5_000)
    campaign = prepared(csr_specialist, scope_method="coverage", share=50)
    choose_supplier(csr_specialist, campaign.pk, out.pk, is_included=False, reason="Is being sold.")
    assert reasons(campaign) == {out.pk: ("by_hand",), kept.pk: ("coverage",)}
    drop_choice(csr_specialist, campaign.pk, out.pk)
    assert reasons(campaign)[out.pk] == ("coverage",)
    with pytest.raises(DomainError, match="reason_missing"):
        choose_supplier(csr_specialist, campaign.pk, out.pk, is_included=False, reason=" ")


def test_the_start_freezes_the_scope_and_writes_to_everybody(csr_specialist: User) -> None:
    asked, mute = in_scope(9_000), in_scope(900, email="")
    in_scope(1)
    campaign = running(csr_specialist, scope_method="coverage", share=99)
    assert campaign.scope_count == 3
    assert [row.is_included for row in FrozenScope.objects.filter(campaign=campaign)] == [
        True,
        True,
        False,
    ]
    assert {one.supplier_id for one in campaign.participants.all()} == {asked.pk, mute.pk}
    letters = letters_of(campaign)
    assert [(one.address, one.kind) for one in letters] == [
        (part_of(asked).contact.email, "survey.invitation")  # type: ignore[union-attr]
    ]
    in_scope(50_000)
    assert FrozenScope.objects.filter(campaign=campaign).count() == 3
    with pytest.raises(DomainError, match="survey_started"):
        change_campaign(csr_specialist, campaign.pk, survey_input(csr_specialist))
    with pytest.raises(DomainError, match="survey_started"):
        start_campaign(csr_specialist, campaign.pk)
    assert Letter.objects.count() == 1


def test_who_has_answered_already_is_not_written_to(csr_specialist: User) -> None:
    done, asked = in_scope(), in_scope()
    make_declaration(done)
    campaign = running(csr_specialist)
    addresses = letters_of(campaign).values_list("address", flat=True)
    assert list(addresses) == [part_of(asked).contact.email]  # type: ignore[union-attr]
    assert part_of(done).links.count() == 0


def test_each_is_asked_for_the_forms_of_its_materials(csr_specialist: User) -> None:
    both, cobalt = in_scope(metals=("tin", "cobalt")), in_scope(metals=("cobalt",))
    running(csr_specialist, forms=[("CMRT", "6.5"), ("EMRT", "")])
    assert [one.family for one in part_of(both).forms.all()] == ["CMRT", "EMRT"]
    assert [one.family for one in part_of(cobalt).forms.all()] == ["EMRT"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": " "}, "survey_name_missing"),
        ({"forms": []}, "survey_forms_missing"),
        ({"forms": [("XMRT", "")]}, "survey_forms_missing"),
        ({"due_on": dt.date(2020, 1, 1)}, "survey_dates_wrong"),
        ({"scope_method": "coverage", "share": 0}, "share_wrong"),
        ({"threshold": -1}, "threshold_wrong"),
        ({"currency": "XYZ"}, "currency_unknown"),
    ],
)
def test_what_is_refused(csr_specialist: User, changes: dict[str, Any], code: str) -> None:
    with pytest.raises(DomainError, match=code):
        create_campaign(csr_specialist, survey_input(csr_specialist, **changes))
    assert not Participant.objects.exists()


def test_who_may(buyer: User, csr_specialist: User, supplier_user: User) -> None:
    for person in (buyer, supplier_user):
        with pytest.raises(DomainError, match="may_not_run_surveys"):
            create_campaign(person, survey_input(csr_specialist))
    campaign = prepared(csr_specialist)
    with pytest.raises(DomainError, match="may_not_run_surveys"):
        start_campaign(buyer, campaign.pk)


def test_a_survey_of_nobody_does_not_start(csr_specialist: User) -> None:
    with pytest.raises(DomainError, match="survey_empty"):
        running(csr_specialist)
    in_scope()
    with pytest.raises(DomainError, match="survey_due_too_soon"):
        running(csr_specialist, name="Late", due_on=clock.today())
    assert not Letter.objects.filter(state=LetterState.WAITING).exists()
