"""Pages and API of plans and of the five steps: what they show, and how many questions they ask."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from core import clock
from minerals.models import Measure, MitigationPlan
from portal.selectors.work_sources import tasks_for, work_for
from suppliers.models import MineralScope, Supplier
from suppliers.services.suppliers import SupplierInput, create_supplier

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def make_plan(supplier: Supplier, number: int = 0, **fields: object) -> MitigationPlan:
    today = clock.today()
    facts: dict[str, object] = {
        "level": "high",
        "opened_on": today,
        "offered_on": today,
        "plan_due_on": today + dt.timedelta(days=7),
        "close_due_on": today + dt.timedelta(days=90),
        "limit_on": today + dt.timedelta(days=180),
    }
    plan = MitigationPlan.objects.create(supplier=supplier, **{**facts, **fields})
    for kind in ("training", "policy"):
        Measure.objects.create(plan=plan, kind=kind, due_on=today + dt.timedelta(days=30 + number))
    return plan


def many(count: int) -> list[MitigationPlan]:
    first = Supplier.objects.count()
    made = []
    for number in range(first, first + count):
        one = create_supplier(None, SupplierInput(f"M-{number}", f"Many {number} Ltd", "", "CN"))
        MineralScope.objects.create(supplier=one, metal="tin", reason="Solder.")
        made.append(make_plan(one))
    return made


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


@pytest.mark.parametrize(
    "address", ["/minerals/mitigations/", "/api/v1/mitigations/", "/minerals/oecd/"]
)
def test_as_many_questions_for_thirty_as_for_three(
    address: str, csr_specialist: User, sign_in: SignIn
) -> None:
    client = sign_in(csr_specialist)
    many(3)
    few = queries(client, address)
    many(27)
    assert queries(client, address) == few


def test_filters_find_overdue_mine_and_proposals(csr_specialist: User, sign_in: SignIn) -> None:
    late, mine, proposed, _other = many(4)
    MitigationPlan.objects.filter(pk=late.pk).update(plan_due_on=clock.today() - dt.timedelta(1))
    MitigationPlan.objects.filter(pk=mine.pk).update(owner=csr_specialist)
    MitigationPlan.objects.filter(pk=proposed.pk).update(proposal="restrict")
    client = sign_in(csr_specialist)

    def found(query: str) -> list[int]:
        rows = client.get(f"/api/v1/mitigations/?{query}").json()["results"]
        return [row["id"] for row in rows]

    assert found("overdue=yes") == [late.pk]
    assert found("owner=me") == [mine.pk]
    assert found("proposal=yes") == [proposed.pk]
    assert len(found("state=running")) == 4
    assert found("state=closed") == []
    page = client.get("/minerals/mitigations/?overdue=yes").content.decode()
    assert f">{late.supplier.name}</a>" in page
    assert f">{mine.supplier.name}</a>" not in page


def test_the_supplier_reads_its_own_plan_in_plain_words_and_no_proposal(
    supplier: Supplier, supplier_user: User, sign_in: SignIn
) -> None:
    plan = make_plan(supplier, proposal="restrict", proposed_on=clock.today())
    client = sign_in(supplier_user)
    page = client.get(plan.get_absolute_url()).content.decode()
    assert "We agree" in page
    assert "Limit the cooperation" not in page
    answer = client.get(f"/api/v1/mitigations/{plan.pk}/").json()
    assert (answer["proposal"], answer["approval"]) == ("", None)
    asked = client.get("/api/v1/mitigations/?proposal=yes").json()["results"]
    assert len(asked) == 1, "the filter is not offered, so it finds nothing out"


def test_home_asks_the_supplier_first_to_agree_then_for_each_measure(
    supplier: Supplier, supplier_user: User
) -> None:
    plan = make_plan(supplier)
    url = plan.get_absolute_url()
    asked = [task for task in tasks_for(supplier_user) if task.url.startswith(url)]
    assert [task.due_on for task in asked] == [plan.plan_due_on]
    MitigationPlan.objects.update(agreed_on=clock.today(), state="agreed")
    asked = [task for task in tasks_for(supplier_user) if task.url.startswith(url)]
    assert [task.item for task in asked] == ["Adopt a conflict-free policy"]


def test_home_tells_colleagues_what_waits(
    supplier: Supplier, csr_specialist: User, buyer: User, esg_reporter: User
) -> None:
    plan = make_plan(supplier, proposal="restrict", proposed_on=clock.today())
    Measure.objects.filter(plan=plan, kind="policy").update(state="handed_in")
    url = plan.get_absolute_url()
    titles = [item.title for item in work_for(csr_specialist) if item.url == url]
    assert any("Limit the cooperation" in title for title in titles)
    assert any("Check the evidence" in title for title in titles)
    assert not any(item.url == url for item in work_for(buyer)), "not the buyer's supplier"
    assert not any(item.url == url for item in work_for(esg_reporter))


def test_a_form_that_is_refused_says_why(
    supplier: Supplier, csr_specialist: User, sign_in: SignIn
) -> None:
    plan = make_plan(supplier, agreed_on=clock.today())
    client = sign_in(csr_specialist)
    address = f"/minerals/mitigations/{plan.pk}/move/"
    past = {"which": "close_due_on", "day": "2020-01-01", "reason": "Why not."}
    answer = client.post(address, past)
    assert answer.status_code == 422
    assert "This day has passed already." in answer.content.decode()
    assert client.get(f"/minerals/mitigations/{plan.pk}/nonsense/").status_code == 404


def test_evidence_of_a_supplier_names_gaps_and_what_to_do(
    supplier: Supplier, esg_reporter: User, sign_in: SignIn
) -> None:
    MineralScope.objects.create(supplier=supplier, metal="tin", reason="Solder.")
    client = sign_in(esg_reporter)
    steps = client.get(f"/api/v1/oecd/{supplier.pk}/").json()
    lines = {line["code"]: line for step in steps for line in step["lines"]}
    assert [step["number"] for step in steps] == [1, 2, 3, 4, 5]
    assert (lines["scope"]["count"], lines["scope"]["gap"]) == (1, "")
    assert lines["declarations"]["gap"] == "No declaration is in force."
    assert lines["declarations"]["remedy"]
    assert lines["plan"]["gap"] == "", "nothing is rated, so no plan is missing"
    page = client.get(f"/minerals/oecd/{supplier.pk}/").content.decode()
    assert "No declaration is in force." in page


def test_evidence_of_the_company_counts_suppliers(esg_reporter: User, sign_in: SignIn) -> None:
    plans = many(3)
    MineralScope.objects.filter(supplier=plans[0].supplier).update(reason="")
    steps = sign_in(esg_reporter).get("/api/v1/oecd/").json()
    lines = {line["code"]: line for step in steps for line in step["lines"]}
    assert (lines["suppliers"]["count"], lines["suppliers"]["of"]) == (2, 3)
    assert lines["suppliers"]["gap"] == "Suppliers in scope without a reason."
    assert (lines["on_time"]["count"], lines["on_time"]["of"]) == (3, 3)
