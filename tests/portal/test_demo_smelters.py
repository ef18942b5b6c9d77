"""The demo of smelters: the newer invented list asks suppliers to act, once."""

from __future__ import annotations

import datetime as dt

import pytest

from core import clock
from minerals.models import SmelterCertificate, SmelterNote, SmelterTask
from portal.demo.people import load_people_and_suppliers
from portal.demo.smelters import load_smelter_tasks
from suppliers.models import Supplier
from tests.factories.smelters import declare, list_of

pytestmark = pytest.mark.django_db
CID = "CID900088"


def test_the_newer_list_asks_once() -> None:
    load_people_and_suppliers()
    assert not load_smelter_tasks(), "no lists yet"
    declare(Supplier.objects.get(code="DEMO-001"), CID)
    today = clock.today()
    list_of(today - dt.timedelta(180), {CID: "conformant"}, is_demo=True)
    list_of(today - dt.timedelta(20), {CID: "non_conformant"}, is_demo=True)
    assert load_smelter_tasks()
    assert SmelterTask.objects.get().items.get().status_before == "conformant"
    assert not load_smelter_tasks()
    assert (SmelterNote.objects.count(), SmelterTask.objects.count()) == (1, 1)
    assert SmelterCertificate.objects.exclude(verified_at=None).count() == 1
