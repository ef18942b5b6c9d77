"""Surveys for tests: suppliers in scope with people and spend, a survey over them."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from accounts.models import User
from core import clock
from suppliers.enums import SupplierStatus
from suppliers.models import AnnualSpend, MineralScope, Supplier, SupplierContact
from suppliers.services.suppliers import SupplierInput, create_supplier
from surveys.models import Campaign, Participant
from surveys.services.campaigns import CampaignInput, create_campaign
from surveys.services.starting import start_campaign

_numbers = itertools.count(1)


def in_scope(
    spend: int = 1000,
    *,
    email: str | None = None,
    metals: tuple[str, ...] = ("tin",),
    **fields: Any,
) -> Supplier:
    """A qualified supplier whose goods hold ``metals``; ``email`` empty: nobody to write to."""
    number = next(_numbers)
    supplier = create_supplier(
        None,
        SupplierInput(
            f"V-{number:05d}", f"Survey Supplier {number}", "", fields.pop("country", "DE")
        ),
    )
    Supplier.objects.filter(pk=supplier.pk).update(**{"status": SupplierStatus.QUALIFIED, **fields})
    supplier.refresh_from_db()
    MineralScope.objects.bulk_create(
        MineralScope(supplier=supplier, metal=metal) for metal in metals
    )
    if spend:
        year = clock.today().year - 1
        AnnualSpend.objects.create(supplier=supplier, year=year, currency="CNY", amount=spend)
    address = f"minerals{number}@supplier.test" if email is None else email
    if address:
        SupplierContact.objects.create(
            supplier=supplier, name=f"Person {number}", email=address, role="minerals"
        )
    return supplier


def survey_input(person: User, **changes: Any) -> CampaignInput:
    today = clock.today()
    facts: dict[str, Any] = {
        "name": "Minerals survey",
        "year": today.year,
        "counts_from": today,
        "due_on": today + dt.timedelta(days=42),
        "forms": [("CMRT", "")],
        "contact_person": person,
        "spend_year": today.year - 1,
        "scope_method": "everybody",
    }
    return CampaignInput(**{**facts, **changes})


def prepared(person: User, **changes: Any) -> Campaign:
    return create_campaign(person, survey_input(person, **changes))


def running(person: User, **changes: Any) -> Campaign:
    return start_campaign(person, prepared(person, **changes).pk)


def part_of(supplier: Supplier) -> Participant:
    return Participant.objects.get(supplier=supplier)


def many_in_scope(count: int) -> list[Supplier]:
    """Many at once, without their trails; spend falls from one to the next."""
    first = next(_numbers)
    for _used in range(count):
        next(_numbers)
    made = Supplier.objects.bulk_create(
        Supplier(
            code=f"M-{first + place:06d}",
            name=f"Many Supplier {first + place}",
            name_key=f"many supplier {first + place}",
            country="DE",
            status=SupplierStatus.QUALIFIED,
        )
        for place in range(count)
    )
    year = clock.today().year - 1
    MineralScope.objects.bulk_create(MineralScope(supplier=one, metal="tin") for one in made)
    AnnualSpend.objects.bulk_create(
        AnnualSpend(supplier=one, year=year, currency="CNY", amount=1_000_000 - place)
        for place, one in enumerate(made)
    )
    SupplierContact.objects.bulk_create(
        SupplierContact(
            supplier=one, name="Person", email=f"{one.code.lower()}@supplier.test", role="minerals"
        )
        for one in made
    )
    return made
