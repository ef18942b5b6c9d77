"""A site is closed on a day, by whichever door, and the day is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core import clock
from core.models import ActivityEntry
from suppliers.models import Site, Supplier
from suppliers.rules.related_data import SiteInput, check_site
from suppliers.services.sites import save_site
from tests.api.conftest import ApiFor, api_for
from tests.suppliers.imports.files import checked, found, imported, undone, workbook

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
__all__ = ["api_for"]
TODAY = dt.date(2026, 6, 15)
EARLIER = dt.date(2026, 3, 1)
OPEN, CLOSED = SiteInput("A", "Plant"), SiteInput("A", "Plant", is_active=False, closed_on=EARLIER)
UNKNOWN = SiteInput("A", "Plant", is_active=False)


@pytest.fixture
def site(supplier: Supplier) -> Site:
    return supplier.sites.create(code="A", name="Plant")


@pytest.mark.parametrize(
    ("current", "is_active", "given", "stored", "codes"),
    [
        (None, True, None, None, []),
        (OPEN, False, None, TODAY, []),
        (OPEN, False, EARLIER, EARLIER, []),
        (OPEN, False, TODAY, TODAY, []),
        (OPEN, False, TODAY + dt.timedelta(1), TODAY + dt.timedelta(1), ["site_end_future"]),
        (None, False, None, TODAY, []),
        # Closed before: its day stays, and so does a day that nobody knows.
        (CLOSED, False, None, EARLIER, []),
        (CLOSED, False, TODAY, TODAY, []),
        (UNKNOWN, False, None, None, []),
        (CLOSED, True, None, None, []),
        (CLOSED, True, EARLIER, EARLIER, ["site_open_with_end"]),
        (OPEN, True, EARLIER, EARLIER, ["site_open_with_end"]),
    ],
)
def test_the_day_of_closing(
    current: SiteInput | None,
    is_active: bool,
    given: dt.date | None,
    stored: dt.date | None,
    codes: list[str],
) -> None:
    data = SiteInput("A", "Plant", is_active=is_active, closed_on=given)
    clean, problems = check_site(data, frozenset(), TODAY, current)
    assert (clean.closed_on, [each.code for each in problems]) == (stored, codes)


def test_form_api_and_spreadsheet_close_and_open_alike(
    sign_in: SignIn, api_for: ApiFor, buyer: User, supplier: Supplier, site: Site
) -> None:
    client, browser = api_for(buyer), sign_in(buyer)
    page = reverse("suppliers:site-edit", args=[supplier.pk, site.pk])

    def by_form(**fields: Any) -> None:
        answer = browser.post(page, {"code": "A", "name": "Plant", **fields})
        assert answer.status_code == 302

    def by_api(**fields: Any) -> None:
        assert client.patch(f"/api/v1/sites/{site.pk}/", fields, format="json").status_code == 200

    def by_file(**fields: Any) -> None:
        head, row = ["supplier", "code", "name", *fields], ["S-1", "A", "Plant", *fields.values()]
        imported(buyer, workbook([head, row]), kind="sites")

    def state() -> tuple[bool, dt.date | None]:
        site.refresh_from_db()
        return site.is_active, site.closed_on

    doors: list[tuple[Callable[..., None], Any, Any]] = [
        (by_form, "", "on"),
        (by_api, False, True),
        (by_file, "no", "yes"),
    ]
    for door, no, yes in doors:
        door(is_active=no)
        assert state() == (False, clock.today())
        door(is_active=no, closed_on="2026-03-01")
        assert state() == (False, EARLIER)
        door(is_active=yes)
        assert state() == (True, None)


def test_every_door_refuses_alike(
    sign_in: SignIn, api_for: ApiFor, buyer: User, supplier: Supplier, site: Site
) -> None:
    late = (clock.today() + dt.timedelta(days=1)).isoformat()
    page = reverse("suppliers:site-edit", args=[supplier.pk, site.pk])
    shown = sign_in(buyer).post(page, {"code": "A", "name": "Plant", "closed_on": late})
    assert (shown.status_code, list(shown.context["form"].errors)) == (422, ["closed_on"])
    answer = api_for(buyer).patch(
        f"/api/v1/sites/{site.pk}/", {"is_active": False, "closed_on": late}, format="json"
    )
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "site_end_future")
    table = [["supplier", "code", "name", "is_active", "closed_on"]]
    for row in (["no", late], ["yes", "2026-03-01"]):
        batch = checked(buyer, workbook([*table, ["S-1", "A", "Plant", *row]]), kind="sites")
        code = "site_end_future" if row[0] == "no" else "site_open_with_end"
        assert found(batch) == [(2, "E", code)]


def test_a_file_that_opens_a_site_and_leaves_its_day(buyer: User, supplier: Supplier) -> None:
    """Only the flag changes; the mistake is named all the same."""
    supplier.sites.create(code="A", name="Plant", is_active=False, closed_on=EARLIER)
    table = [
        ["supplier", "code", "name", "is_active", "closed_on"],
        ["S-1", "A", "Plant", "yes", "2026-03-01"],
    ]
    assert found(checked(buyer, workbook(table), kind="sites")) == [(2, "D", "site_open_with_end")]


def test_undoing_an_import_opens_the_site_again(buyer: User, site: Site) -> None:
    table = [["supplier", "code", "name", "is_active"], ["S-1", "A", "Plant", "no"]]
    batch = imported(buyer, workbook(table), kind="sites")
    assert undone(buyer, batch).state == "undone"
    site.refresh_from_db()
    assert (site.is_active, site.closed_on) == (True, None)


def test_the_trail_and_the_record_tell_the_day(
    sign_in: SignIn, buyer: User, supplier: Supplier, site: Site
) -> None:
    data = SiteInput("A", "Plant", is_active=False, closed_on=EARLIER)
    save_site(buyer, supplier.pk, data, site.pk)
    entry = ActivityEntry.objects.about(supplier).get(verb="supplier.site_changed")
    assert entry.data["changes"] == {"is_active": [True, False], "closed_on": ["", "2026-03-01"]}
    page = sign_in(buyer).get(supplier.get_absolute_url()).content.decode()
    assert "closed on" in page
    assert reverse("suppliers:site-edit", args=[supplier.pk, site.pk]) in page


def test_sites_closed_before_take_their_day_from_the_trail(buyer: User, supplier: Supplier) -> None:
    for code in ("A", "B", "C"):
        made = save_site(buyer, supplier.pk, SiteInput(code, "Plant"))
        if code != "C":
            closed = SiteInput(code, "Plant", is_active=False)
            save_site(buyer, supplier.pk, closed, made.pk)
    long_ago = clock.now() - dt.timedelta(days=40)
    entries = ActivityEntry.objects.about(supplier).filter(verb="supplier.site_changed")
    entries.filter(data__name="A · Plant").update(at=long_ago)
    entries.filter(data__name="B · Plant").update(data={"name": "B · Plant"})
    Site.objects.update(closed_on=None)
    import_module("suppliers.migrations.0012_fill_closing_days").fill_closing_days(apps, None)
    assert dict(Site.objects.values_list("code", "closed_on")) == {
        "A": timezone.localdate(long_ago),
        "B": None,
        "C": None,
    }
