"""One database for the bench of supplier pages: fills it twice and asks the same pages."""

from __future__ import annotations

import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from accounts.models import User  # noqa: E402
from accounts.roles import Role  # noqa: E402
from benches.suppliers_fill import code_of, fill  # noqa: E402
from suppliers.models import Supplier  # noqa: E402
from suppliers.rules.documents import STATES  # noqa: E402

ROUNDS = 5
# A supplier that exists at both sizes; nothing else has this number as part of a name.
ONE = 420
TABS = (
    "overview", "documents", "qualifications", "minerals", "audits", "training", "findings",
    "contacts", "timeline",
)  # fmt: skip


def main(name: str, few: int, many: int, wanted: str) -> None:
    """``wanted``: only pages whose label contains it."""
    client = _client()
    small = _filled_and_asked(client, few, wanted)
    large = _filled_and_asked(client, many, wanted)
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


def pages_of(one: Supplier) -> dict[str, str]:
    """Each shows a full page of 50 rows at both sizes, or one supplier."""
    document = "&document=anti-bribery-commitment"
    here, number = one.get_absolute_url(), f"{ONE:06}"
    lists = {
        "list": "/suppliers/",
        "list, page 15": "/suppliers/?page=15",
        "list, by name": "/suppliers/?sort=name",
        "list, last changed first": "/suppliers/?sort=-changed",
        "list, searched, one found": f"/suppliers/?search={number}",
        "list, searched, a number": f"/suppliers/?search={ONE:09}",
        "list, searched, a person": f"/suppliers/?search=second+person+{number}",
        "list, searched, a mail": f"/suppliers/?search=second@b{number}.example",
        "list, searched, all people": "/suppliers/?search=person",
        "list, searched, nothing": "/suppliers/?search=nowhere",
        "top search, one found": f"/search/?q={number}",
        "list, searched, all found": "/suppliers/?search=Company&sort=name",
        "list, one country": "/suppliers/?country=CN",
        "list, one status": "/suppliers/?status=qualified&sort=-changed",
        "list, one category": "/suppliers/?category=C3",
        "list, country and search": "/suppliers/?country=CN&search=Company&sort=name",
        "matrix": "/suppliers/documents/",
        **{f"matrix, {state}": f"/suppliers/documents/?state={state}" for state in STATES},
        "matrix, one document, missing": "/suppliers/documents/?state=missing" + document,
        "assessments": "/suppliers/assessments/",
        "assessments, one state": "/suppliers/assessments/?state=accepted",
        "assessments, searched": f"/suppliers/assessments/?search={number}",
    }
    tabs = {f"supplier, {tab}": f"{here}?tab={tab}" for tab in TABS}
    api = {
        "API suppliers": "/api/v1/suppliers/",
        "API suppliers, filtered": "/api/v1/suppliers/?country=DE&search=Company",
        "API suppliers, one found": f"/api/v1/suppliers/?search={number}",
        "API contacts": "/api/v1/contacts/",
        "API signatures": "/api/v1/signatures/",
        "API document requests": "/api/v1/document-requests/",
        "API assessments": "/api/v1/assessments/",
        "API status changes": "/api/v1/status-changes/",
        "API rating parts": "/api/v1/rating-parts/",
    }
    return lists | tabs | api


def _filled_and_asked(client: Client, count: int, wanted: str) -> dict[str, tuple[float, int]]:
    start = time.perf_counter()
    fill(count)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
    print(f"  filled to {count:,} in {time.perf_counter() - start:.0f} s", file=sys.stderr)
    pages = pages_of(Supplier.objects.get(code=code_of(ONE)))
    return {label: _asked(client, address) for label, address in pages.items() if wanted in label}


def _asked(client: Client, address: str) -> tuple[float, int]:
    """Server time of a page, the best of some rounds, because whatever else the machine does only
    adds to it; and its number of queries."""
    for _warming_up in range(2):
        assert client.get(address).status_code == 200, address
    times = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        client.get(address)
        times.append(time.perf_counter() - start)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return min(times), len(captured)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), "".join(sys.argv[4:5]))
