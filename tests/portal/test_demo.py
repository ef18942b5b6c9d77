"""The demo: invented companies in every state, marked as such, loaded once."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from portal.demo.companies import load_companies
from portal.demo.lives import load_lives
from portal.demo.people import load_people_and_suppliers
from suppliers.enums import SupplierStatus
from suppliers.models import Approval, Qualification, Signature, StatusChange, Supplier

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


def test_demo_data_is_loaded_in_demo_mode_only() -> None:
    assert not settings.DEMO_MODE
    with pytest.raises(CommandError):
        call_command("load_demo")
