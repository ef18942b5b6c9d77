"""The demo: invented companies in every state, marked as such, loaded once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from accounts.models import User
from core import clock
from core.models import ActivityEntry, Notification
from minerals.enums import ListState
from minerals.models import SmelterList
from minerals.selectors.smelter_status import status_book
from portal.demo.companies import load_companies
from portal.demo.lists import load_lists
from portal.demo.lives import load_lives
from portal.demo.names import TRADES
from portal.demo.people import LIMITED_BUYER, load_people_and_suppliers
from portal.demo.showcase import load_showcase
from suppliers.enums import (
    AssessmentState,
    ImportState,
    RequestState,
    SignatureState,
    SupplierStatus,
)
from suppliers.models import (
    Approval,
    Assessment,
    DocumentRequest,
    ImportBatch,
    Qualification,
    Signature,
    Site,
    StatusChange,
    Supplier,
)
from suppliers.selectors.lifecycle_work import expiring_qualifications
from suppliers.selectors.next_steps import next_steps

pytestmark = pytest.mark.django_db


def test_every_state_and_many_countries_occur_and_loading_again_changes_nothing() -> None:
    load_people_and_suppliers()
    assert load_companies()
    assert load_lives()
    assert set(Supplier.objects.values_list("status", flat=True)) == set(SupplierStatus.values)
    assert Supplier.objects.count() == 300
    assert Supplier.objects.order_by().values("country").distinct().count() >= 12
    marked = ("(demo)", "（演示）", "（デモ）", "(데모)")
    for supplier in Supplier.objects.all():
        assert all(name.endswith(marked) for name in supplier.names), supplier
    _require_consistent_histories()
    counted = [model.objects.count() for model in (Approval, Qualification, Signature)]
    assert not load_companies()
    assert not load_lives()
    assert [model.objects.count() for model in (Approval, Qualification, Signature)] == counted


def _require_consistent_histories() -> None:
    for supplier in Supplier.objects.prefetch_related("status_changes"):
        steps = sorted(supplier.status_changes.all(), key=lambda step: (step.at, step.pk))
        assert steps[-1].to_status == supplier.status
        assert [step.from_status for step in steps[1:]] == [s.to_status for s in steps[:-1]]
    decided = Approval.objects.exclude(decided_by=None)
    assert all(each.decided_by_id != each.requested_by_id for each in decided)
    assert not StatusChange.objects.filter(action="approve", approval=None).exists()


@pytest.fixture
def demo(db: None) -> None:
    load_people_and_suppliers()
    load_companies()
    load_lives()
    load_showcase()


@pytest.mark.usefixtures("demo")
def test_every_page_has_something_to_show() -> None:
    today = clock.today()
    states = list(Assessment.objects.values_list("state", flat=True))
    assert set(states) == set(AssessmentState.values)
    assert len(states) >= 30
    assert Assessment.objects.filter(state="requested", due_on__lt=today).exists()
    valid = Signature.objects.filter(state=SignatureState.VALID)
    assert valid.filter(valid_until__lt=today).count() >= 3
    assert (
        valid.filter(valid_until__gte=today, valid_until__lte=today + dt.timedelta(days=60)).count()
        >= 4
    )
    assert Signature.objects.filter(state=SignatureState.TO_CHECK).count() == 4
    assert DocumentRequest.objects.filter(state=RequestState.REFUSED).count() == 3
    assert Supplier.objects.exclude(parent=None).count() >= 8
    assert set(ImportBatch.objects.values_list("state", flat=True)) == {
        ImportState.IMPORTED,
        ImportState.FAULTY,
    }
    for name in ("csr@demo.example", "buyer@demo.example"):
        assert Notification.objects.unread().filter(recipient__email=name).exists()
    asked = {clock.today() - a.requested_at.date() for a in Approval.objects.filter(state="open")}
    assert len(asked) >= 5
    assert max(asked).days > 7
    buyer = User.objects.get(email="buyer@demo.example")
    assert len(next_steps(buyer)) >= 2
    assert expiring_qualifications(buyer).count() >= 3
    limited = User.objects.get(email=LIMITED_BUYER)
    assert 0 < Supplier.objects.visible_to(limited).count() < 60


@pytest.mark.usefixtures("demo")
def test_nothing_happened_before_the_supplier_was_created() -> None:
    created = dict(Supplier.objects.values_list("pk", "created_at"))
    for entry in ActivityEntry.objects.filter(subject_type="suppliers.supplier"):
        assert entry.at >= created[int(entry.subject_id)], entry.verb
    for signature in Signature.objects.select_related("version"):
        assert signature.signed_at >= created[signature.supplier_id]
        assert signature.version.published_at is not None
        assert signature.signed_at >= signature.version.published_at
    for assessment in Assessment.objects.exclude(submitted_at=None):
        assert assessment.submitted_at is not None
        assert created[assessment.supplier_id] < assessment.requested_at < assessment.submitted_at
        gates = assessment.supplier.gate_records.filter(kind="self_assessment")
        assert not (assessment.state == AssessmentState.ACCEPTED and gates.exists())


@pytest.mark.usefixtures("demo")
def test_makers_deliver_what_their_name_says_and_have_local_places() -> None:
    for supplier in Supplier.objects.filter(code__gte="DEMO-100").prefetch_related("categories"):
        (category,) = supplier.categories.all()
        assert TRADES[category.code][0] in supplier.name
    local = Site.objects.filter(country__in=["CN", "HK", "TW", "JP", "KR"])
    assert local.exists()
    assert not local.filter(local_name="").exists()


def test_demo_data_is_loaded_in_demo_mode_only() -> None:
    assert not settings.DEMO_MODE
    with pytest.raises(CommandError):
        call_command("load_demo")


def test_two_invented_smelter_lists_show_what_changed(db: None) -> None:
    assert load_lists()
    older, newer = SmelterList.objects.order_by("listed_on")
    assert (older.is_demo, older.state) == (True, ListState.IN_FORCE)
    assert newer.differences["against"] == older.pk
    assert all(newer.differences[kind] for kind in ("new", "gone", "renamed", "status"))
    assert [problem["code"] for problem in newer.problems] == ["status_unknown"]
    book = status_book(clock.today())
    assert (book.rmap, book.status_of("CID900002")) == (newer, "non_conformant")
    assert not load_lists()
