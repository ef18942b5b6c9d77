"""The pages of risk: list, one supplier, policy, decisions, lists of countries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from core import clock
from minerals.enums import PolicyState
from minerals.models import CountryListing, LevelOverride, RiskEvent, RiskPolicyVersion, RiskRating
from minerals.rules.risk.policy import DEFAULTS
from minerals.selectors.policies import policy_draft, policy_in_force
from minerals.services.rating import rate_supplier
from minerals.services.risk_overrides import LevelInput, set_level
from minerals.services.risk_policy import start_draft
from suppliers.models import Supplier
from suppliers.services.suppliers import SupplierInput, create_supplier
from tests.factories.minerals import Desk, form
from tests.minerals.risk.lists import conformant
from tests.minerals.web.pages import in_order, page

pytestmark = pytest.mark.django_db


def make_rating(supplier: Supplier, **fields: object) -> RiskRating:
    facts = {
        "policy": policy_in_force(),
        "rated_on": clock.today(),
        "score": 30,
        "level": "medium",
        "computed_level": "medium",
        "facts": {"declarations": []},
    }
    return RiskRating.objects.create(supplier=supplier, **{**facts, **fields})


@pytest.fixture
def rated(desk: Desk, supplier: Supplier) -> RiskRating:
    conformant(clock.today(), CID900001="non_conformant")
    desk.hand_in(supplier, form(answers={("A", None): "No", ("Q1", "Gold"): "No"}))
    rating = rate_supplier(supplier.pk)
    assert rating is not None
    return rating


def test_the_list_says_the_finding_and_sorts_by_level(
    staff: Client, supplier: Supplier, other_supplier: Supplier
) -> None:
    make_rating(supplier, level="low", computed_level="low", score=60)
    high = {"level": "high", "computed_level": "high", "score": None}
    make_rating(other_supplier, minerals={"Tin": {"score": 60, "level": "high"}}, **high)
    text = page(staff, "risk-list")
    assert "1 of 2 rated suppliers is at high risk" in text
    table = text[text.index('class="data-table is-stacked risks"') :]
    assert in_order(table, "Golden Contact Ltd", "Bright Tin Co.")
    only_high = page(staff, "risk-list", query="?level=high")
    assert "Golden Contact Ltd" in only_high
    assert "Bright Tin Co." not in only_high
    by_mineral = page(staff, "risk-list", query="?mineral=Tin&level=high")
    assert "Golden Contact Ltd" in by_mineral
    assert "Golden Contact Ltd" not in page(staff, "risk-list", query="?mineral=Gold&level=high")


def test_the_list_asks_as_often_for_many_as_for_few(staff: Client) -> None:
    def count() -> int:
        page(staff, "risk-list")
        with CaptureQueriesContext(connection) as captured:
            page(staff, "risk-list")
        return len(captured)

    def more(numbers: range) -> None:
        for number in numbers:
            made = create_supplier(None, SupplierInput(f"M-{number}", f"Many {number} Ltd"))
            make_rating(made, minerals={"Tin": {"score": 1, "level": "low"}})

    more(range(3))
    few = count()
    more(range(3, 30))
    assert count() == few


def test_the_export_has_what_the_list_shows(staff: Client, supplier: Supplier) -> None:
    make_rating(supplier, minerals={"Tin": {"score": 12, "level": "low"}})
    address = f"{reverse('minerals:risk-export')}?format=csv"
    response = staff.get(address)
    text = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    assert "S-1" in text
    assert "Tin: Low (12)" in text


def test_every_point_leads_to_its_place(staff: Client, rated: RiskRating) -> None:
    text = page(staff, "risk-supplier", rated.supplier_id)
    declaration = rated.declaration
    assert declaration is not None
    here = declaration.get_absolute_url()
    row = declaration.smelters.get(matched_cid="CID900001").row
    assert f'href="{here}?tab=smelters&amp;row={row}"' in text
    assert f'href="{here}?tab=answers#Declaration!D75"' in text
    answers = page(staff, "declaration-detail", declaration.pk, query="?tab=answers")
    assert 'id="Declaration!D75"' in answers
    for words in (
        "Where the points come from", "No policy on responsible sourcing",
        "Non-conformant", "What would lower it", "Adopt a policy on responsible sourcing",
        "A rejected smelter is named for the whole company", "Provisional: no reviewer",
        "Smelter listed for a mineral that is not used",
    ):  # fmt: skip
        assert words in text, words


def test_the_page_as_of_a_day_shows_what_was_known_then(staff: Client, supplier: Supplier) -> None:
    old = make_rating(
        supplier, is_current=False, score=70, level="high", computed_level="high",
        rated_on=clock.today() - dt.timedelta(days=40),
    )  # fmt: skip
    make_rating(supplier, score=12, level="low", computed_level="low")
    now = page(staff, "risk-supplier", supplier.pk)
    assert "12 of 100 points" in now
    assert "The score went from" in now
    then = page(staff, "risk-supplier", supplier.pk, query=f"?on={old.rated_on}")
    assert "70 of 100 points" in then
    before = f"?on={old.rated_on - dt.timedelta(days=1)}"
    assert "Not rated yet on this day" in page(staff, "risk-supplier", supplier.pk, query=before)
    page(staff, "risk-supplier", supplier.pk, query="?on=yesterday", status=422)


def test_the_list_as_of_a_day_counts_what_held_then(
    staff: Client, supplier: Supplier, other_supplier: Supplier
) -> None:
    day = clock.today() - dt.timedelta(days=30)
    high = {"level": "high", "computed_level": "high"}
    make_rating(supplier, rated_on=day - dt.timedelta(days=9), is_current=False)
    make_rating(supplier, rated_on=day, is_current=False, **high)
    make_rating(supplier, level="low", computed_level="low")
    make_rating(other_supplier, **high)
    text = page(staff, "risk-list", query=f"?on={day}")
    assert "1 of 1 rated suppliers is at high risk" in text
    assert supplier.name in text
    assert other_supplier.name not in text
    assert "As rated on" in text
    found = staff.get(f"/api/v1/risk-ratings/?on={day}").json()["results"]
    assert [(one["supplier"], one["level"]) for one in found] == [("S-1", "high")]
    assert staff.get("/minerals/risk/?on=2026-13-01").context["page_obj"].paginator.count == 0


def test_the_card_of_the_supplier_tells_the_same(staff: Client, rated: RiskRating) -> None:
    text = staff.get(f"{rated.supplier.get_absolute_url()}?tab=minerals").content.decode()
    assert f"{rated.score} of 100 points" in text
    assert reverse("minerals:risk-supplier", args=[rated.supplier_id]) in text


def test_an_event_is_recorded_and_ended_on_pages(staff: Client, rated: RiskRating) -> None:
    supplier_id = rated.supplier_id
    record = reverse("minerals:risk-event-record", args=[supplier_id])
    data = {"kind": "annex_ii", "happened_on": "2026-01-02", "note": ""}
    assert staff.post(record, data).status_code == 422
    assert staff.post(record, {**data, "note": "Report of an NGO"}).status_code == 302
    assert "Report of an NGO" in page(staff, "risk-supplier", supplier_id)
    event = RiskEvent.objects.get()
    assert "Report of an NGO" in page(staff, "risk-event-end", event.pk)
    end = reverse("minerals:risk-event-end", args=[event.pk])
    assert staff.post(end, {"note": "Withdrawn"}).status_code == 302
    event.refresh_from_db()
    assert event.ended_on == clock.today()


def test_a_lower_level_is_asked_for_and_decided_on_pages(
    staff: Client, rated: RiskRating, admin: User, sign_in: Callable[[User], Client]
) -> None:
    level = reverse("minerals:risk-level", args=[rated.supplier_id])
    refused = staff.post(level, {"level": "low", "reason": "Seen"})
    assert refused.status_code == 422
    assert "needs a last day" in refused.content.decode()
    until = clock.today() + dt.timedelta(days=20)
    asked = staff.post(level, {"level": "low", "reason": "Seen", "valid_until": until})
    override = LevelOverride.objects.get()
    assert asked.headers["Location"] == reverse("minerals:risk-override-detail", args=[override.pk])
    assert "a second person decides" in page(staff, "risk-override-detail", override.pk)
    other = sign_in(admin)
    assert ">Grant<" in page(other, "risk-override-detail", override.pk)
    home = other.get(reverse("portal:home")).content.decode()
    assert "Lower risk level · Bright Tin Co." in home
    decide = reverse("minerals:risk-override-decide", args=[override.pk])
    assert other.post(decide, {"verdict": "reject", "note": ""}).status_code == 422
    assert other.post(decide, {"verdict": "grant", "note": "Fine"}).status_code == 302
    assert "set by people" in page(staff, "risk-list")
    end = reverse("minerals:risk-override-end", args=[override.pk])
    assert other.post(end, {"note": "No longer"}).status_code == 302
    override.refresh_from_db()
    assert override.ended_at is not None


def test_an_asker_takes_the_request_back(staff: Client, rated: RiskRating) -> None:
    asker = User.objects.get(email="csr_specialist@example.test")
    until = clock.today() + dt.timedelta(days=20)
    override = set_level(asker, rated.supplier_id, LevelInput("low", "Seen", until))
    end = reverse("minerals:risk-override-end", args=[override.pk])
    assert staff.post(end).status_code == 302
    override.refresh_from_db()
    assert override.ended_at is not None


def test_the_policy_page_names_every_number(staff: Client) -> None:
    text = page(staff, "policy")
    assert "Risk policy 1" in text
    assert text.count('<td class="num">') >= len(DEFAULTS)


def test_a_draft_is_written_tried_and_published(
    admin: User, sign_in: Callable[[User], Client], rated: RiskRating
) -> None:
    client = sign_in(admin)
    assert client.post(reverse("minerals:policy-draft-start")).status_code == 302
    edit = reverse("minerals:policy-draft")
    wrong = client.post(edit, {**DEFAULTS, "level.high_from": 10, "origin.drc": 500})
    assert wrong.status_code == 422
    crossed = client.post(edit, {**DEFAULTS, "level.high_from": 10})
    assert "It must not be below the number before it." in crossed.content.decode()
    saved = client.post(edit, {**DEFAULTS, "level.medium_from": 1, "level.high_from": 2})
    assert saved.headers["Location"] == reverse("minerals:policy-effect")
    effect = page(client, "policy-effect")
    assert "1 of 1 suppliers would change level" in effect
    assert in_order(effect, "Bright Tin Co.", "Medium", "High")
    publish = reverse("minerals:policy-publish")
    assert client.post(publish, {"note": ""}).status_code == 422
    assert client.post(publish, {"note": "Stricter"}).status_code == 302
    assert policy_in_force().numbers["level.high_from"] == 2
    waiting = page(client, "policy")
    assert "All suppliers are rated again by this policy" in waiting
    assert in_order(waiting, "Policy 2", "2 numbers changed", "Stricter", "Policy 1")
    old = page(client, "policy-detail", 1)
    assert "Replaced" in old


def test_a_draft_can_be_dropped(staff: Client, csr_specialist: User) -> None:
    start_draft(csr_specialist)
    assert staff.post(reverse("minerals:policy-draft-drop")).status_code == 302
    assert policy_draft() is None
    assert RiskPolicyVersion.objects.get(number=2).state == PolicyState.DROPPED
    gone = staff.get(reverse("minerals:policy-draft"))
    assert gone.headers["Location"] == reverse("minerals:policy")


def test_countries_join_and_leave_a_list_on_pages(staff: Client) -> None:
    text = page(staff, "country-list")
    assert "Rwanda" in text
    assert "Peru" not in text
    add = reverse("minerals:country-add")
    data = {"kind": "cahra", "country": "PE", "valid_from": "2026-01-01", "source": ""}
    assert staff.post(add, data).status_code == 422
    done = staff.post(add, {**data, "source": "Edition 9"})
    assert done.headers["Location"].endswith("?kind=cahra")
    listing = CountryListing.objects.get(country_code="PE")
    assert "Edition 9" in page(staff, "country-list", query="?kind=cahra")
    assert "Peru" not in page(staff, "country-list", query="?kind=covered")
    end = reverse("minerals:country-end", args=[listing.pk])
    assert staff.post(end, {"valid_until": "2025-01-01"}).status_code == 422
    assert staff.post(end, {"valid_until": "2026-02-01"}).status_code == 302
    assert "Peru" in page(staff, "country-list", query="?kind=cahra&state=over")
    assert "Peru" not in page(staff, "country-list", query="?kind=cahra&state=now")
