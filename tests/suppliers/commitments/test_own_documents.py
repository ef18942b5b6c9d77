"""What a supplier's contact is asked to sign, apart from what can wait."""

from __future__ import annotations

import pytest

from accounts.models import User
from suppliers.models import DocumentVersion, Supplier
from suppliers.selectors.commitment_work import commitment_tasks
from suppliers.selectors.own_documents import own_documents
from tests.factories.commitments import make_document, make_request, make_version

pytestmark = pytest.mark.django_db


def test_what_nobody_asked_for_is_not_counted_as_waiting(
    supplier: Supplier, supplier_user: User, version: DocumentVersion
) -> None:
    free = make_version(make_document("free"))
    make_request(supplier, version)
    own = own_documents(supplier_user)
    assert own is not None
    assert [one.version for one in own.asked] == [version]
    assert [one.version for one in own.later] == [free]
    assert [task.item for task in commitment_tasks(supplier_user)] == [version.document.label]
