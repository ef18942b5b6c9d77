"""One database for the bench of supplier pages: fills it twice and asks the same pages."""

from __future__ import annotations

import datetime as dt
import os
import statistics
import sys
import time
from decimal import Decimal

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection, reset_queries  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from accounts.models import User  # noqa: E402
from accounts.roles import Role  # noqa: E402
from core import clock  # noqa: E402
from suppliers.enums import SignatureState, SignatureWay, SupplierStatus  # noqa: E402
from suppliers.models import (  # noqa: E402
    AnnualSpend,
    Category,
    DocumentVersion,
    Signature,
    StatusChange,
    Supplier,
    SupplierContact,
)
from suppliers.rules.names import core_key, name_key  # noqa: E402

COUNTRIES = ("CN", "DE", "US", "JP", "VN", "TW")
STATUSES = tuple(SupplierStatus.values)
AT_ONCE = 2_000
ROUNDS = 15


def main(name: str, few: int, many: int) -> None:
    client = _client()
    small = _filled_and_asked(client, few)
    large = _filled_and_asked(client, many)
    print(f"{name}: server time and queries of a page, {few:,} : {many:,} suppliers")
    for label, (seconds, queries) in large.items():
        before, asked = small[label]
        ratio = seconds / before
        print(
            f"  {label:<34} {before * 1000:6.0f} ms : {seconds * 1000:6.0f} ms  {ratio:4.2f}x  "
            f"{asked} : {queries} queries"
        )


def _client() -> Client:
    user = User.objects.create_user("bench@example.test", None, name="Bench")
    user.add_roles([Role.CSR_SPECIALIST])
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    return client


def _filled_and_asked(client: Client, count: int) -> dict[str, tuple[float, int]]:
    fill(count)
    middle = Supplier.objects.get(code=f"B{count // 2:06}")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    pages = {
        "list": "/suppliers/",
        "list, filtered and searched": "/suppliers/?search=0042&country=CN&sort=name",
        "list, one status": "/suppliers/?status=qualified&sort=-changed",
        "page of one supplier": middle.get_absolute_url(),
        "API list": "/api/v1/suppliers/",
        "API list, filtered": "/api/v1/suppliers/?country=DE&search=Company",
    }
    return {label: _asked(client, address) for label, address in pages.items()}


def _asked(client: Client, address: str) -> tuple[float, int]:
    """Median server time of a page and its number of queries."""
    assert client.get(address, follow=True).status_code == 200, address
    times = []
    for _round in range(ROUNDS):
        reset_queries()
        start = time.perf_counter()
        client.get(address)
        times.append(time.perf_counter() - start)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return statistics.median(times), len(captured)


def fill(count: int) -> None:
    """Bring the database to ``count`` suppliers with a contact, three years of spend, a status
    history and two signatures each."""
    category, _made = Category.objects.get_or_create(
        code="EL", defaults={"name": "Electronics", "path": "EL/"}
    )
    versions = list(DocumentVersion.objects.exclude(published_at=None).order_by("pk")[:2])
    begin = Supplier.objects.count()
    for start in range(begin, count, AT_ONCE):
        _fill_some(range(start, min(count, start + AT_ONCE)), category, versions)


def _fill_some(numbers: range, category: Category, versions: list[DocumentVersion]) -> None:
    now = clock.now()
    suppliers = Supplier.objects.bulk_create(_supplier(number, now) for number in numbers)
    through = Supplier.categories.through
    through.objects.bulk_create(
        through(supplier_id=each.pk, category_id=category.pk) for each in suppliers
    )
    SupplierContact.objects.bulk_create(
        SupplierContact(supplier=each, name="Person", email=f"p@{each.code}.example")
        for each in suppliers
    )
    StatusChange.objects.bulk_create(
        StatusChange(supplier=each, action="register", to_status=each.status, at=now)
        for each in suppliers
    )
    AnnualSpend.objects.bulk_create(
        AnnualSpend(supplier=each, year=year, currency="CNY", amount=Decimal(each.pk))
        for each in suppliers
        for year in (2023, 2024, 2025)
    )
    Signature.objects.bulk_create(
        Signature(
            supplier=each,
            version=version,
            way=SignatureWay.ONLINE,
            state=SignatureState.VALID,
            signed_on=dt.date(2026, 1, 1),
            signed_at=now,
            signer_name="Person",
            signer_title="Manager",
            document_sha256=version.sha256,
        )
        for each in suppliers
        for version in versions
    )


def _supplier(number: int, now: dt.datetime) -> Supplier:
    name = f"Company {number:06} Ltd"
    return Supplier(
        code=f"B{number:06}",
        name=name,
        local_name=f"公司{number:06}",
        country=COUNTRIES[number % len(COUNTRIES)],
        status=STATUSES[number % len(STATUSES)],
        status_since=now,
        name_key=name_key(name),
        local_name_key=name_key(f"公司{number:06}"),
        core_key=core_key(name),
    )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
