"""Surveys and changes of own data by program: the same services as the pages."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from accounts.models import User
from core import clock
from core.models import Letter
from suppliers.models import Supplier, SupplierContact
from surveys.models import Campaign, SurveyMessage
from tests.api.conftest import ApiFor
from tests.factories.surveys import in_scope, part_of

pytestmark = pytest.mark.django_db
SURVEYS = "/api/v1/surveys/"


def wanted(person: User, **changes: Any) -> dict[str, Any]:
    today = clock.today()
    facts = {
        "name": "By program",
        "year": today.year,
        "counts_from": today.isoformat(),
        "due_on": (today + dt.timedelta(days=42)).isoformat(),
        "forms": [{"family": "CMRT", "minimum_version": "6.4"}],
        "contact_person": person.email,
        "spend_year": today.year - 1,
        "rates": {"usd": "7.1"},
        "share": "60",
        "with_new": False,
    }
    return {**facts, **changes}


def test_prepared_started_and_followed(api_for: ApiFor, csr_specialist: User) -> None:
    large, small = in_scope(900), in_scope(100)
    client = api_for(csr_specialist)
    made = client.post(SURVEYS, wanted(csr_specialist), format="json")
    assert made.status_code == 201, made.json()
    url = f"{SURVEYS}{made.json()['id']}/"
    lines = client.get(f"{url}scope/").json()
    assert [(one["supplier"], one["included"]) for one in lines] == [
        (large.pk, True),
        (small.pk, False),
    ]
    chosen = {"supplier": small.pk, "is_included": True, "reason": "New product"}
    assert client.post(f"{url}choose/", chosen, format="json").status_code == 200
    started = client.post(f"{url}start/").json()
    assert (started["state"], started["scope_count"]) == ("running", 2)
    assert client.put(url, wanted(csr_specialist), format="json").status_code == 409
    board = client.get(f"{url}board/").json()
    assert board["stages"]["asked"] == 2
    assert board["rates"] == {
        "asked": 2, "received": 0, "accepted": 0, "received_share": 0.0, "accepted_share": 0.0,
    }  # fmt: skip
    found = client.get("/api/v1/survey-participants/?stage=silent").json()["results"]
    assert {one["supplier"]["code"] for one in found} == {large.code, small.code}
    keys = [one["id"] for one in found]
    assert client.post(f"{url}remind/", {"participants": keys}, format="json").json() == {
        "done": 2,
        "skipped": 0,
    }
    assert Letter.objects.filter(kind="survey.reminder").count() == 2


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"forms": []}, "survey_forms_missing"),
        ({"currency": "QQQ"}, "currency_unknown"),
        ({"due_on": "2020-01-01"}, "survey_dates_wrong"),
        ({"share": "0"}, "share_wrong"),
    ],
)
def test_the_same_codes_as_in_pages(
    api_for: ApiFor, csr_specialist: User, changes: dict[str, Any], code: str
) -> None:
    answer = api_for(csr_specialist).post(SURVEYS, wanted(csr_specialist, **changes), format="json")
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == code
    assert not Campaign.objects.exists()


def test_a_supplier_reads_its_own_part_and_nothing_of_ours(
    api_for: ApiFor, csr_specialist: User, supplier_user: User
) -> None:
    own, other = in_scope(), in_scope()
    SupplierContact.objects.filter(user=supplier_user).update(supplier=own)
    client = api_for(csr_specialist)
    made = client.post(
        SURVEYS, wanted(csr_specialist, scope_method="everybody"), format="json"
    ).json()
    client.post(f"{SURVEYS}{made['id']}/start/")
    mine = api_for(supplier_user).get("/api/v1/survey-participants/").json()["results"]
    assert [one["supplier"]["code"] for one in mine] == [own.code]
    assert mine[0]["owner"] == ""
    theirs = f"/api/v1/survey-participants/{part_of(other).pk}/"
    assert api_for(supplier_user).get(theirs).status_code == 404


def test_a_question_is_answered(api_for: ApiFor, csr_specialist: User) -> None:
    supplier: Supplier = in_scope()
    client = api_for(csr_specialist)
    made = client.post(
        SURVEYS, wanted(csr_specialist, scope_method="everybody"), format="json"
    ).json()
    client.post(f"{SURVEYS}{made['id']}/start/")
    said = SurveyMessage.objects.create(
        participant=part_of(supplier), kind="question", text="Which?", said_by="Dana"
    )
    url = f"/api/v1/survey-messages/{said.pk}/answer/"
    assert client.post(url, {"text": "6.5 please."}, format="json").json()["kind"] == "reply"
    said.refresh_from_db()
    assert said.handled_by == csr_specialist
    assert Letter.objects.get(kind="survey.reply").params["text"] == "6.5 please."
