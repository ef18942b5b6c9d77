"""The risk policy: drafts, what they would change, and what publishing then does."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from accounts.models import User
from core import clock
from core.errors import NotAllowed
from core.models import ActivityEntry, Job, JobState
from minerals.enums import PolicyState
from minerals.models import LevelOverride, RiskEvent, RiskPolicyVersion, RiskRating
from minerals.rules.risk.policy import DEFAULTS, RiskPolicy
from minerals.selectors.dry_run import Forecast, dry_run, forecasts
from minerals.selectors.policies import differences, numbers_of, policy_draft, policy_in_force
from minerals.selectors.risk_words import KEY_WORDS
from minerals.services.rating import rate_supplier
from minerals.services.rerating import rate_all
from minerals.services.risk_policy import (
    PolicyNotRight,
    drop_draft,
    publish_draft,
    save_draft,
    start_draft,
)
from suppliers.models import Supplier
from suppliers.services.suppliers import SupplierInput, create_supplier
from tests.factories.minerals import Desk, form
from tests.minerals.risk.lists import conformant

pytestmark = pytest.mark.django_db
STRICT = {"level.medium_from": 3, "level.high_from": 9, "programme.A": 15, "status.active": 12}


@pytest.fixture
def rated(desk: Desk, csr_specialist: User, admin: User) -> list[Supplier]:
    """Suppliers of all sorts: faultless, weak, without an answer, with people's word."""
    conformant(clock.today(), CID900001="active")
    files: list[dict[str, Any]] = [
        {},
        {"answers": {("A", None): "No", ("D", None): "No"}},
        {"answers": {("Q7", "Tin"): "No"}},
        {"answers": {("Q6", "Gold"): "50% or less", ("B", None): "No"}},
        {"answers": {("C", None): "No"}},
    ]
    made = []
    for number, changes in enumerate(files):
        supplier = create_supplier(None, SupplierInput(f"R-{number}", f"Rated {number} Ltd"))
        desk.hand_in(supplier, form(**changes))
        rate_supplier(supplier.pk)
        made.append(supplier)
    silent = create_supplier(None, SupplierInput("R-9", "Silent Ltd"))
    RiskEvent.objects.create(supplier=silent, kind="no_response", happened_on=clock.today())
    rate_supplier(silent.pk)
    LevelOverride.objects.create(
        supplier=made[4], level="high", reason="Heard of it", requested_by=csr_specialist,
        decided_by=admin, decided_at=clock.now(), is_granted=True,
    )  # fmt: skip
    rate_supplier(made[4].pk)
    return [*made, silent]


def levels() -> dict[int, tuple[str, int | None]]:
    rows = RiskRating.objects.filter(is_current=True)
    return {row.supplier_id: (row.level, row.score) for row in rows}


def foreseen(found: list[Forecast]) -> dict[int, tuple[str, int | None]]:
    return {one.supplier_id: (one.new_level, one.new_score) for one in found}


def tried(numbers: RiskPolicy) -> list[Forecast]:
    return list(forecasts(RiskRating.objects.all(), numbers, clock.today()))


def test_the_policy_in_force_foresees_what_there_is(rated: list[Supplier]) -> None:
    assert foreseen(tried(numbers_of(policy_in_force()))) == levels()
    assert len(set(levels().values())) > 3, "the suppliers differ"


def test_publishing_does_what_the_dry_run_foresaw(rated: list[Supplier], admin: User) -> None:
    start_draft(admin)
    draft = save_draft(admin, STRICT)
    run = dry_run(admin, numbers_of(draft), clock.today())
    before = levels()
    expected = foreseen(tried(numbers_of(draft)))
    _policy, job = publish_draft(admin, "Stricter after the review of the year")
    rate_all(job.pk)
    after = levels()
    assert after == expected
    moved = {key for key in after if after[key][0] != before[key][0]}
    assert moved == {one.supplier_id for one in run.changed}
    assert moved, "somebody changes level"
    assert run.rising + run.falling == len(moved)
    assert {row.policy for row in RiskRating.objects.filter(is_current=True)} == {policy_in_force()}


def test_a_dry_run_writes_nothing(rated: list[Supplier], admin: User) -> None:
    start_draft(admin)
    draft = save_draft(admin, STRICT)
    with CaptureQueriesContext(connection) as captured:
        dry_run(admin, numbers_of(draft), clock.today())
    kinds = Counter(query["sql"].split()[0].upper() for query in captured)
    # PostgreSQL reads the ratings through a cursor.
    assert set(kinds) <= {"SELECT", "DECLARE", "SAVEPOINT", "RELEASE"}, kinds
    assert kinds["SELECT"] + kinds["DECLARE"] <= 4, "however many suppliers there are"


def test_what_people_said_survives_another_policy(rated: list[Supplier], admin: User) -> None:
    kind = RiskPolicy({**DEFAULTS, "level.medium_from": 99, "level.high_from": 100})
    found = foreseen(tried(kind))
    assert found[rated[4].pk][0] == "high"
    assert found[rated[5].pk] == ("high", None)


def test_a_version_is_in_force_alone_and_keeps_its_numbers(admin: User) -> None:
    first = policy_in_force()
    start_draft(admin)
    draft = save_draft(admin, {"programme.A": 5})
    publish_draft(admin, "A policy matters more")
    first.refresh_from_db()
    assert (first.state, first.numbers["programme.A"]) == (PolicyState.RETIRED, 4)
    assert policy_in_force().number == draft.number
    assert policy_draft() is None
    changed = differences(first.numbers, policy_in_force().numbers)
    assert [(one.key, one.before, one.value) for one in changed] == [("programme.A", 4, 5)]
    entry = ActivityEntry.objects.get(verb="risk_policy.published")
    assert entry.data["changes"] == {"programme.A": [4, 5]}


def test_two_people_write_one_draft_and_a_dropped_one_is_gone(
    admin: User, csr_specialist: User
) -> None:
    assert start_draft(csr_specialist) == start_draft(admin)
    dropped = drop_draft(admin)
    assert dropped.state == PolicyState.DROPPED
    again = start_draft(admin)
    assert again.number == dropped.number + 1
    assert RiskPolicyVersion.objects.filter(state=PolicyState.PUBLISHED).count() == 1


def test_every_wrong_number_is_told_at_its_key(admin: User) -> None:
    start_draft(admin)
    wrong = {"programme.A": -1, "level.high_from": 10, "origin.drc": "many", "made.up": 1}
    with pytest.raises(PolicyNotRight) as refused:
        save_draft(admin, wrong)
    told = {(part.field, part.code) for part in refused.value.parts}
    assert told == {
        ("programme.A", "risk_number_out_of_range"),
        ("level.high_from", "risk_number_order"),
        ("origin.drc", "risk_number_not_whole"),
        ("made.up", "risk_number_unknown"),
    }
    draft = policy_draft()
    assert draft is not None
    assert draft.numbers == policy_in_force().numbers


def test_only_administrators_publish(csr_specialist: User) -> None:
    start_draft(csr_specialist)
    save_draft(csr_specialist, {"programme.A": 5})
    with pytest.raises(NotAllowed):
        publish_draft(csr_specialist, "Mine")
    assert policy_in_force().number == 1


def test_rating_all_twice_stores_nothing_twice(rated: list[Supplier], admin: User) -> None:
    start_draft(admin)
    save_draft(admin, STRICT)
    _policy, job = publish_draft(admin, "Stricter")
    rate_all(job.pk)
    count = RiskRating.objects.count()
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING)
    rate_all(job.pk)
    assert RiskRating.objects.count() == count
    job.refresh_from_db()
    assert (job.state, job.total, job.result) == (JobState.DONE, 6, {"rated": 6})


def test_every_number_has_words_in_both_languages() -> None:

    assert set(KEY_WORDS) == set(DEFAULTS)
    with override("zh-hans"):
        plain = [key for key, words in KEY_WORDS.items() if str(words).isascii()]
    assert plain == []


def test_the_day_counts_in_a_dry_run(rated: list[Supplier]) -> None:
    later = clock.today() + dt.timedelta(days=400)
    now = {one.supplier_id: one.new_score for one in tried(numbers_of(policy_in_force()))}
    then = {
        one.supplier_id: one.new_score
        for one in forecasts(RiskRating.objects.all(), numbers_of(policy_in_force()), later)
    }
    first = rated[0].pk
    assert (then[first] or 0) == (now[first] or 0) + DEFAULTS["response.older_than_year"]
