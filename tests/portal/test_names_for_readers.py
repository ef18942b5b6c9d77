"""In Chinese the local name of a supplier comes first, on every page that names it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from suppliers.models import Supplier
from suppliers.services.actions import ActionInput, take_action
from tests.factories.commitments import make_document, make_version

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
LATIN, LOCAL = "Bright Tin Co.", "亮锡有限公司"


@pytest.fixture
def asked(supplier: Supplier, buyer: User) -> Supplier:
    """A supplier about which a decision is waited for."""
    Supplier.objects.filter(pk=supplier.pk).update(status="qualified")
    take_action(buyer, supplier.pk, "disqualify", ActionInput(reason_code="csr", explanation="x"))
    make_version(make_document())
    return supplier


@pytest.mark.parametrize(("language", "first"), [("zh-hans", LOCAL), ("en", LATIN)])
@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/suppliers/",
        "/suppliers/1/",
        "/suppliers/approvals/",
        "/suppliers/documents/",
        "/suppliers/assessments/new/",
        "/suppliers/sourcing/?supplier=S-1",
        "/search/?q=S-1",
    ],
)
def test_the_readers_name_comes_first(
    sign_in: SignIn,
    csr_specialist: User,
    asked: Supplier,
    address: str,
    language: str,
    first: str,
) -> None:
    csr_specialist.language = language
    csr_specialist.save()
    page = sign_in(csr_specialist).get(address.replace("/1/", f"/{asked.pk}/"))
    main = page.content.decode().split("<main", 1)[1]
    places = {name: main.find(name) for name in (LATIN, LOCAL)}
    other = LATIN if first == LOCAL else LOCAL
    assert places[first] >= 0
    assert places[other] == -1 or places[first] < places[other]
