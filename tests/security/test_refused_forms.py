"""A form that is refused comes back with the same answer on every page: 422."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from suppliers.models import DocumentType, Questionnaire, Supplier
from tests.factories.commitments import make_document, make_version

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.mark.parametrize(
    "address",
    [
        "/me/profile/",
        "/me/tokens/new/",
        "/minerals/reference/",
        "/minerals/declarations/upload/",
        "/settings/users/new/",
        "/settings/users/{person}/",
        "/suppliers/assessments/send/",
        "/suppliers/bulk/buyer/?all=1",
        "/suppliers/categories/new/",
        "/suppliers/documents/request/",
        "/suppliers/documents/types/new/",
        "/suppliers/documents/types/{document}/edit/",
        "/suppliers/documents/types/{document}/version/",
        "/suppliers/imports/new/",
        "/suppliers/new/",
        "/suppliers/questionnaires/{questionnaire}/copy/",
        "/suppliers/signatures/verify/",
        "/suppliers/sourcing/list/",
        "/suppliers/sourcing/list/export/",
        "/suppliers/{supplier}/",
        "/suppliers/{supplier}/actions/phase_out/",
        "/suppliers/{supplier}/contacts/new/",
        "/suppliers/{supplier}/edit/",
        "/suppliers/{supplier}/gates/certification_audit/",
        "/suppliers/{supplier}/merge/",
        "/suppliers/{supplier}/qualifications/new/",
        "/suppliers/{supplier}/rating/record/",
        "/suppliers/{supplier}/signatures/new/",
        "/suppliers/{supplier}/sites/new/",
        "/suppliers/{supplier}/waivers/new/",
    ],
)
def test_the_answer_is_422(
    address: str, sign_in: SignIn, csr_specialist: User, admin: User, supplier: Supplier
) -> None:
    csr_specialist.add_roles(admin.roles)
    make_version(make_document())
    where = {
        "document": DocumentType.objects.order_by("pk").values_list("pk", flat=True)[0],
        "person": admin.pk,
        "questionnaire": Questionnaire.objects.order_by("pk").values_list("pk", flat=True)[0],
        "supplier": supplier.pk,
    }
    answer = sign_in(csr_specialist).post(address.format(**where), {"suppliers": supplier.pk})
    assert answer.status_code == 422


def test_a_refused_signature_of_a_supplier_answers_422(
    sign_in: SignIn, supplier_user: User
) -> None:
    version = make_version(make_document())
    for page in ("sign", "paper"):
        address = f"/suppliers/documents/{version.pk}/{page}/"
        assert sign_in(supplier_user).post(address, {"language": "en"}).status_code == 422
