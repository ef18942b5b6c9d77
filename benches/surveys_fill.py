"""Suppliers in scope and a survey over them, as many as wanted."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any

from accounts.models import User
from accounts.roles import Role
from core import clock
from core.bulk_insert import insert_rows
from suppliers.enums import SupplierStatus
from suppliers.models import AnnualSpend, MineralScope, Supplier, SupplierContact
from surveys.models import Campaign, Participant, ParticipantForm
from surveys.services.campaigns import CampaignInput, create_campaign


def runner() -> User:
    user = User.objects.create_user("bench@example.test", None, name="Bench")
    user.add_roles([Role.CSR_SPECIALIST])
    return user


def fill_in_scope(count: int) -> list[int]:
    """Keys of new qualified suppliers with materials, spend like that of real ones, a person."""
    random = Random(7)
    first = Supplier.objects.count()
    names = ("code", "name", "name_key", "country", "kind", "status", "updated_at")
    now = clock.now()
    numbers = range(first, first + count)
    insert_rows(
        Supplier,
        names,
        (
            (
                f"V{number:06}", f"Company {number:06}", f"company {number:06}", "DE",
                "production", SupplierStatus.QUALIFIED.value, now,
            )
            for number in numbers
        ),
    )  # fmt: skip
    found = Supplier.objects.filter(code__gte=f"V{first:06}").order_by("code")
    keys = list(found.values_list("pk", flat=True))
    insert_rows(MineralScope, ("supplier", "metal"), ((key, "tin") for key in keys))
    insert_rows(
        AnnualSpend,
        ("supplier", "year", "currency", "amount"),
        (
            (key, clock.today().year - 1, "CNY", round(random.paretovariate(1.1) * 40_000))
            for key in keys
        ),
    )
    insert_rows(
        SupplierContact,
        ("supplier", "name", "email", "role"),
        ((key, "Person", f"p{key}@supplier.example", "minerals") for key in keys),
    )
    return keys


def campaign_over(person: User, **changes: Any) -> Campaign:
    today = clock.today()
    facts: dict[str, Any] = {
        "name": "Bench",
        "year": today.year,
        "counts_from": today,
        "due_on": today + dt.timedelta(days=42),
        "forms": [("CMRT", "")],
        "contact_person": person,
        "spend_year": today.year - 1,
        "scope_method": "everybody",
    }
    return create_campaign(person, CampaignInput(**{**facts, **changes}))


def take_part(campaign: Campaign, keys: list[int]) -> None:
    today = clock.today()
    made = Participant.objects.bulk_create(
        (
            Participant(campaign=campaign, supplier_id=key, asked_on=today, due_on=campaign.due_on)
            for key in keys
        ),
        batch_size=500,
    )
    ParticipantForm.objects.bulk_create(
        (ParticipantForm(participant=one, family="CMRT") for one in made), batch_size=500
    )
