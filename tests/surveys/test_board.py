"""The board: numbers, rates, groups, what can be done, and that it never asks more questions."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import User
from core import clock
from core.models import Letter
from suppliers.models import Category
from surveys.models import Campaign, Participant
from surveys.selectors.board import board_of, groups_of
from surveys.selectors.progress import _progress, progress_of
from tests.factories.minerals import make_declaration
from tests.factories.surveys import in_scope, part_of, running

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(csr_specialist: User, buyer: User) -> Campaign:
    """One participant in each stage, and one more that is late."""
    made = [in_scope(buyer=buyer if place % 2 else None) for place in range(9)]
    campaign = running(csr_specialist)
    now = clock.now()
    by = [part_of(one) for one in made]
    change = Participant.objects.filter
    change(pk=by[1].pk).update(opened_at=now)
    change(pk=by[2].pk).update(started_at=now)
    change(pk=by[3].pk).update(declined_at=now)
    change(pk=by[4].pk).update(excluded_at=now)
    change(pk=by[0].pk).update(due_on=clock.today() - dt.timedelta(days=1))
    make_declaration(made[5], status="needs_correction")
    make_declaration(made[6], status="structurally_valid")
    make_declaration(made[7], status="accepted")
    make_declaration(made[8], status="clarification_open")
    return campaign


def test_stages_and_both_rates(survey: Campaign, csr_specialist: User) -> None:
    board = board_of(csr_specialist, survey)
    assert board.stages == dict.fromkeys(board.stages, 1)
    assert (board.rates.asked, board.rates.received, board.rates.accepted) == (8, 4, 1)
    assert board.rates.received_share == 50.0
    assert board.rates.accepted_share == 12.5
    assert board.overdue == 1


def test_an_answer_from_before_does_not_count(csr_specialist: User) -> None:
    supplier = in_scope()
    make_declaration(supplier, received_at=clock.now() - dt.timedelta(days=30))
    campaign = running(csr_specialist)
    assert board_of(csr_specialist, campaign).stages["asked"] == 1


def test_every_form_must_be_there(csr_specialist: User) -> None:
    supplier = in_scope(metals=("tin", "cobalt"))
    campaign = running(csr_specialist, forms=[("CMRT", ""), ("EMRT", "")])
    make_declaration(supplier)
    assert board_of(csr_specialist, campaign).stages["started"] == 1
    make_declaration(supplier, family="EMRT", status="accepted")
    assert board_of(csr_specialist, campaign).stages["valid"] == 1


def test_groups_sum_up(survey: Campaign, csr_specialist: User) -> None:
    category = Category.objects.create(code="C1", name="Connectors")
    for one in survey.participants.all():
        one.supplier.categories.add(category)
    for by in ("category", "buyer", "country"):
        lines = groups_of(csr_specialist, survey, by)
        assert sum(line.rates.asked for line in lines) == 8
        assert sum(line.rates.received for line in lines) == 4


def test_progress_and_forecast() -> None:
    start = dt.date(2026, 9, 1)
    days = [start + dt.timedelta(days=place) for place in range(10)]
    campaign = Campaign(state="running", due_on=start + dt.timedelta(days=14))
    found = _progress(days, start, start + dt.timedelta(days=9), campaign, 12)
    assert [count for _day, count in found.received] == list(range(1, 11))
    assert [count for _day, count in found.forecast] == [11, 12, 12, 12, 12]


def test_progress_counts_what_the_board_counts(survey: Campaign, csr_specialist: User) -> None:
    assert progress_of(csr_specialist, survey).received[-1][1] == 4


def test_pages(survey: Campaign, csr_specialist: User, sign_in: Any) -> None:
    client = sign_in(csr_specialist)
    for name, args in (
        ("campaign-list", []),
        ("campaign-create", []),
        ("campaign-detail", [survey.pk]),
        ("campaign-scope", [survey.pk]),
        ("campaign-scope-export", [survey.pk]),
        ("participant-detail", [survey.participants.first().pk]),  # type: ignore[union-attr]
    ):
        assert client.get(reverse(f"surveys:{name}", args=args)).status_code == 200, name
    page = client.get(reverse("surveys:campaign-detail", args=[survey.pk]))
    assert "4 of 8 received (50 %)" in page.content.decode()
    for by in ("category", "buyer", "country"):
        assert client.get(f"/surveys/{survey.pk}/?by={by}").status_code == 200
    assert "1 " in client.get(f"/surveys/{survey.pk}/?stage=overdue").content.decode()


def test_prepare_and_start_in_pages(csr_specialist: User, sign_in: Any) -> None:
    supplier = in_scope()
    client = sign_in(csr_specialist)
    today = clock.today()
    data = {
        "name": "Survey 2026", "year": today.year, "counts_from": today,
        "due_on": today + dt.timedelta(days=42), "families": ["CMRT"], "share": "95",
        "threshold": "0", "spend_year": today.year - 1, "currency": "cny", "rates": "USD 7.1",
        "scope_method": "coverage", "answer_scope": "product", "mail_language": "reader",
        "contact_person": csr_specialist.pk,
    }  # fmt: skip
    answer = client.post(reverse("surveys:campaign-create"), data)
    campaign = Campaign.objects.get()
    assert answer["Location"] == f"/surveys/{campaign.pk}/scope/"
    assert campaign.rates == {"USD": "7.1"}
    assert supplier.name in client.get(answer["Location"]).content.decode()
    edit = reverse("surveys:campaign-edit", args=[campaign.pk])
    assert "USD 7.1" in client.get(edit).content.decode()
    assert client.post(edit, {**data, "due_on": "2001-01-01"}).status_code == 422
    out = reverse("surveys:campaign-choose", args=[campaign.pk, supplier.pk, "out"])
    assert client.get(out).status_code == 200
    client.post(out, {"reason": "Sold"})
    assert "Sold" in client.get(f"/surveys/{campaign.pk}/scope/?show=out").content.decode()
    client.post(reverse("surveys:campaign-choose", args=[campaign.pk, supplier.pk, "drop"]))
    start = reverse("surveys:campaign-start", args=[campaign.pk])
    assert "1 mail" in client.get(start).content.decode()
    assert client.post(start).status_code == 302
    assert Letter.objects.count() == 1


def test_many_at_once(survey: Campaign, csr_specialist: User, buyer: User, sign_in: Any) -> None:
    client = sign_in(csr_specialist)
    keys = [one.pk for one in survey.participants.all()]
    later = survey.due_on + dt.timedelta(days=7)
    for code, data in (
        ("remind", {}),
        ("extend", {"due_on": later, "reason": "New line."}),
        ("hand-over", {"owner": buyer.pk}),
        ("take-out", {"reason": "Sold."}),
    ):
        url = reverse("surveys:campaign-bulk", args=[survey.pk, code])
        address = url + "?" + "&".join(f"ids={key}" for key in keys)
        assert client.get(address).status_code == 200
        answer = client.post(address, {"expected": len(keys), **data})
        assert answer.status_code == 302, answer.content.decode()[-2000:]
    one = survey.participants.last()
    assert one is not None
    assert (one.due_on, one.owner, one.exclude_reason) == (later, buyer, "Sold.")
    # Three of the nine are silent and were reminded beside their invitation.
    assert Letter.objects.filter(kind="survey.reminder").count() == 3
    nothing = client.post(reverse("surveys:campaign-bulk", args=[survey.pk, "remind"]))
    assert nothing.status_code == 422


def test_the_export_is_what_is_listed(survey: Campaign, csr_specialist: User, sign_in: Any) -> None:
    url = reverse("surveys:campaign-export", args=[survey.pk])
    answer = sign_in(csr_specialist).get(f"{url}?stage=silent")
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).worksheets[0]
    assert len(list(sheet.iter_rows(min_row=2, values_only=True))) >= 3


def queries(client: Any, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(url).status_code == 200
    return len(found)


def test_as_many_queries_for_three_as_for_thirty(csr_specialist: User, sign_in: Any) -> None:
    for _place in range(3):
        in_scope()
    campaign = running(csr_specialist)
    client = sign_in(csr_specialist)
    url = f"/surveys/{campaign.pk}/?by=buyer"
    client.get(url)
    few = queries(client, url)
    for _place in range(27):
        supplier = in_scope()
        Participant.objects.create(
            campaign=campaign, supplier=supplier, asked_on=clock.today(),
            due_on=campaign.due_on, contact=supplier.contacts.first(),
        ).forms.create(family="CMRT")  # fmt: skip
    assert queries(client, url) == few
