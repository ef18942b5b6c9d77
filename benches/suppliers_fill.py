"""Suppliers for the bench of their pages: as many as wanted, with what real ones have."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from core import clock
from core.bulk_insert import insert_rows
from suppliers.enums import AssessmentState, Metal, SupplierKind, SupplierStatus
from suppliers.models import (
    AnnualSpend,
    Assessment,
    Category,
    DocumentRequest,
    DocumentVersion,
    MineralScope,
    Questionnaire,
    RatingPart,
    RegistrationNumber,
    Signature,
    StatusChange,
    Supplier,
    SupplierContact,
)
from suppliers.rules.names import core_key, name_key

COUNTRIES = ("CN", "DE", "US", "JP", "VN", "TW")
STATUSES = tuple(SupplierStatus.values)
KINDS = (SupplierKind.PRODUCTION, SupplierKind.SERVICE, SupplierKind.PRODUCTION)
CATEGORIES = tuple(f"C{number}" for number in range(10))
YEARS = (2023, 2024, 2025)
AT_ONCE = 5_000
DOCUMENTS = 5

# Of one document: the signature (state, days it is valid for from today; None: without an end) and
# the request (state, days until it is due). Suppliers have them in turn.
Sign = tuple[str, int | None]
Ask = tuple[str, int]
LIVES: tuple[tuple[Sign | None, Ask | None], ...] = (
    (("valid", None), ("done", -100)),
    (("valid", 400), None),
    (("valid", 30), None),
    (("valid", -30), None),
    (("to_check", None), ("open", 10)),
    (None, ("open", 10)),
    (None, ("open", -10)),
    (None, ("refused", -10)),
    (None, ("cancelled", -10)),
    (None, None),
    (("valid", 200), ("cancelled", 10)),
    (("revoked", 200), ("open", 20)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Base:
    """What all suppliers of the bench share."""

    categories: list[int]
    versions: list[DocumentVersion]
    questionnaire: int
    now: dt.datetime


def fill(count: int) -> None:
    """Bring the database to ``count`` suppliers with two contacts, a number, three years of
    spend, a status history, a self-assessment, and signatures and requests of
    ``DOCUMENTS`` documents."""
    made = [
        Category.objects.get_or_create(code=code, defaults={"name": code, "path": f"{code}/"})[0]
        for code in CATEGORIES
    ]
    published = DocumentVersion.objects.exclude(published_at=None).order_by("pk")
    asked = Questionnaire.objects.exclude(published_at=None).order_by("pk")[0]
    base = Base([one.pk for one in made], list(published[:DOCUMENTS]), asked.pk, clock.now())
    begin = Supplier.objects.count()
    for start in range(begin, count, AT_ONCE):
        with transaction.atomic():
            _fill_some(range(start, min(count, start + AT_ONCE)), base)


def code_of(number: int) -> str:
    return f"B{number:06}"


def _fill_some(numbers: range, base: Base) -> None:
    fields = (
        "code", "name", "local_name", "country", "kind", "status", "status_since",
        "name_key", "local_name_key", "core_key", "updated_at",
    )  # fmt: skip
    insert_rows(Supplier, fields, (_supplier(number, base.now) for number in numbers))
    kept = Supplier.objects.filter(
        code__gte=code_of(numbers[0]), code__lte=code_of(numbers[-1])
    ).order_by("code")
    keys = list(zip(numbers, kept.values_list("pk", flat=True), strict=True))
    categories = base.categories
    insert_rows(
        Supplier.categories.through,
        ("supplier", "category"),
        ((key, categories[number % len(categories)]) for number, key in keys),
    )
    insert_rows(
        SupplierContact,
        ("supplier", "name", "email"),
        (
            (key, f"{part} Person {number:06}", f"{part}@{code_of(number)}.example".lower())
            for number, key in keys
            for part in ("First", "Second")
        ),
    )
    insert_rows(
        RegistrationNumber,
        ("supplier", "kind", "number", "key"),
        ((key, "duns", f"{number:09}", f"{number:09}") for number, key in keys),
    )
    insert_rows(
        MineralScope,
        ("supplier", "metal"),
        ((key, Metal.TIN.value) for number, key in keys if number % 2),
    )
    _insert_history(keys, base)
    _insert_documents(keys, base)


def _supplier(number: int, now: dt.datetime) -> Sequence[Any]:
    name, local_name = f"Company {number:06} Ltd", f"公司{number:06}"
    return (
        code_of(number),
        name,
        local_name,
        COUNTRIES[number % len(COUNTRIES)],
        KINDS[number % len(KINDS)].value,
        STATUSES[number % len(STATUSES)],
        now,
        name_key(name),
        name_key(local_name),
        core_key(name),
        now + dt.timedelta(seconds=number),
    )


def _insert_history(keys: Iterable[tuple[int, int]], base: Base) -> None:
    insert_rows(
        StatusChange,
        ("supplier", "action", "to_status", "at"),
        (
            (
                key,
                "register",
                STATUSES[number % len(STATUSES)],
                base.now + dt.timedelta(seconds=number),
            )
            for number, key in keys
        ),
    )
    insert_rows(
        AnnualSpend,
        ("supplier", "year", "currency", "amount"),
        ((key, year, "CNY", key) for _number, key in keys for year in YEARS),
    )
    states = tuple(AssessmentState.values)
    today = clock.today()
    insert_rows(
        Assessment,
        ("supplier", "questionnaire", "state", "due_on", "submitted_at", "score"),
        (
            (
                key,
                base.questionnaire,
                states[number % len(states)],
                today + dt.timedelta(days=number % 40 - 20),
                base.now,
                number % 100,
            )
            for number, key in keys
        ),
    )
    insert_rows(
        RatingPart,
        ("supplier", "kind", "score", "dated_on", "source"),
        ((key, "self_assessment", number % 100, today, "assessment") for number, key in keys),
    )


def _insert_documents(keys: Iterable[tuple[int, int]], base: Base) -> None:
    places = [
        (key, version, LIVES[(number + order) % len(LIVES)])
        for number, key in keys
        for order, version in enumerate(base.versions)
    ]
    today = clock.today()
    insert_rows(
        Signature,
        (
            "supplier", "version", "way", "state", "signed_on", "valid_until", "signer_name",
            "signer_title", "signed_at", "document_sha256",
        ),
        _signatures(places, today, base.now),
    )  # fmt: skip
    insert_rows(
        DocumentRequest,
        ("supplier", "version", "state", "due_on"),
        (
            (key, version.pk, ask[0], today + dt.timedelta(days=ask[1]))
            for key, version, (_sign, ask) in places
            if ask is not None
        ),
    )


def _signatures(
    places: Iterable[tuple[int, DocumentVersion, tuple[Sign | None, Ask | None]]],
    today: dt.date,
    now: dt.datetime,
) -> Iterator[Sequence[Any]]:
    signed_on = today - dt.timedelta(days=300)
    for key, version, (sign, _ask) in places:
        if sign is None:
            continue
        state, days = sign
        until = None if days is None else today + dt.timedelta(days=days)
        yield (
            key, version.pk, "online", state, signed_on, until, "Person", "Manager", now,
            version.sha256,
        )  # fmt: skip
