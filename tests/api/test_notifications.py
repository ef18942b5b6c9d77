"""One's own notifications, and the timeline of a supplier, from a program."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from accounts.models import User
from core.models import ActivityEntry, Notification
from core.services.activity import record_activity
from core.services.notifications import notify
from suppliers.models import Supplier
from suppliers.rules.master_data import SupplierInput
from suppliers.services.suppliers import create_supplier
from tests.api.conftest import ApiFor

pytestmark = pytest.mark.django_db
NOTIFICATIONS = "/api/v1/notifications/"


def tell(person: User) -> Notification:
    return notify([person], "test.told", N_("Record changed"), url="/suppliers/")[0]


def test_notifications_are_read_in_the_language_asked_for_and_marked(
    api_for: ApiFor, buyer: User, auditor: User
) -> None:
    first, second, foreign = tell(buyer), tell(buyer), tell(auditor)
    client = api_for(buyer)
    found = client.get(NOTIFICATIONS, headers={"Accept-Language": "zh-hans"}).json()["results"]
    assert [row["id"] for row in found] == [second.pk, first.pk]
    assert (found[0]["kind"], found[0]["url"], found[0]["read_at"]) == (
        "test.told", "/suppliers/", None,
    )  # fmt: skip
    assert found[0]["text"] == second.text_in("zh-hans") != second.text_in("en")
    read = client.post(f"{NOTIFICATIONS}{first.pk}/read/").json()
    assert read["read_at"] is not None
    for query, keys in (({"unread": "true"}, [second.pk]), ({"unread": "false"}, [first.pk])):
        rows = client.get(NOTIFICATIONS, query).json()["results"]
        assert [row["id"] for row in rows] == keys
    hidden = client.post(f"{NOTIFICATIONS}{foreign.pk}/read/")
    assert (hidden.status_code, hidden.json()["error"]["code"]) == (404, "notification_not_found")
    assert client.post(f"{NOTIFICATIONS}read/").json() == {"marked": 1}
    assert client.post(f"{NOTIFICATIONS}read/").json() == {"marked": 0}
    foreign.refresh_from_db()
    assert foreign.read_at is None


def timeline_of(supplier: Supplier) -> str:
    return f"/api/v1/suppliers/{supplier.pk}/timeline/"


@pytest.fixture
def lived(buyer: User) -> Supplier:
    made = create_supplier(buyer, SupplierInput(code="T-1", name="Lived Co."))
    record_activity(None, "document.pdf_sealed", made, name="Letter")
    old = record_activity(buyer, "supplier.changed", made, changes={"city": ["", "Suzhou"]})
    ActivityEntry.objects.filter(pk=old.pk).update(at=timezone.now() - dt.timedelta(days=9))
    return made


def test_the_timeline_says_who_what_and_from_what_to_what(
    api_for: ApiFor, auditor: User, buyer: User, lived: Supplier
) -> None:
    rows = api_for(auditor).get(timeline_of(lived)).json()["results"]
    assert [row["verb"] for row in rows] == [
        "document.pdf_sealed", "supplier.created", "supplier.changed",
    ]  # fmt: skip
    assert [row["actor"] for row in rows] == [None, buyer.pk, buyer.pk]
    assert (rows[2]["who"], rows[2]["group"], rows[2]["detail"]) == (
        str(buyer), "record", "City: – → Suzhou",
    )  # fmt: skip


def test_the_timeline_is_filtered_and_paged(
    api_for: ApiFor, auditor: User, buyer: User, lived: Supplier
) -> None:
    client = api_for(auditor)
    today = timezone.localdate().isoformat()
    expected: tuple[tuple[dict[str, Any], list[str]], ...] = (
        ({"group": "documents"}, ["document.pdf_sealed"]),
        ({"person": "system"}, ["document.pdf_sealed"]),
        ({"person": buyer.pk}, ["supplier.created", "supplier.changed"]),
        ({"person": buyer.pk, "since": today}, ["supplier.created"]),
        ({"until": (timezone.localdate() - dt.timedelta(days=5)).isoformat()},
         ["supplier.changed"]),
        ({"page_size": 1, "page": 2}, ["supplier.created"]),
    )  # fmt: skip
    for query, verbs in expected:
        rows = client.get(timeline_of(lived), query).json()["results"]
        assert [row["verb"] for row in rows] == verbs, query


@pytest.mark.parametrize(
    "query", [{"group": "none"}, {"person": "me"}, {"since": "soon"}, {"person": "9" * 30}]
)
def test_odd_wishes_are_refused(
    query: dict[str, str], api_for: ApiFor, auditor: User, lived: Supplier
) -> None:
    answer = api_for(auditor).get(timeline_of(lived), query)
    assert (answer.status_code, list(answer.json()["error"]["fields"])) == (400, list(query))


def test_a_long_timeline_costs_no_more_queries(
    api_for: ApiFor, auditor: User, lived: Supplier, django_assert_max_num_queries: Any
) -> None:
    client = api_for(auditor)
    for count in (3, 30):
        for _number in range(count):
            record_activity(auditor, "supplier.changed", lived, changes={"city": ["a", "b"]})
        with django_assert_max_num_queries(12):
            assert client.get(timeline_of(lived)).status_code == 200
