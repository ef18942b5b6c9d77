"""Long work is done before the transaction that stores it: nobody waits for a lock meanwhile."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from accounts.models import User
from suppliers.models import Signature, Supplier
from suppliers.services import assessment_workbook, signature_pdf
from suppliers.services.assessment_workbook import read_workbook, write_workbook
from suppliers.services.signature_pdf import make_signature_pdf
from tests.factories.assessments import make_assessment, questionnaire
from tests.factories.commitments import make_document, make_signature, make_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any, str], list[bool]]:
    """Whether a function, which does its work as ever, was called within a transaction."""

    def put(module: Any, name: str) -> list[bool]:
        seen: list[bool] = []
        # The test itself runs in a transaction; one of the service is a savepoint more.
        outside = len(connection.savepoint_ids)
        work = getattr(module, name)

        def watched(*args: Any) -> Any:
            seen.append(len(connection.savepoint_ids) > outside)
            return work(*args)

        monkeypatch.setattr(module, name, watched)
        return seen

    return put


def test_a_workbook_is_read_outside_the_transaction(
    watch: Callable[[Any, str], list[bool]],
    supplier: Supplier,
    supplier_user: User,
    tmp_path: Path,
) -> None:
    assert questionnaire()
    asked = make_assessment(supplier)
    content = io.BytesIO()
    write_workbook(supplier_user, asked.pk, content)
    path = tmp_path / "form.xlsx"
    path.write_bytes(content.getvalue())
    seen = watch(assessment_workbook, "read_rows")
    result = read_workbook(supplier_user, asked.pk, path, "form.xlsx")
    assert (seen, result.problems) == ([False], [])


def test_a_pdf_is_made_outside_the_transaction_and_kept_once(
    watch: Callable[[Any, str], list[bool]], supplier: Supplier
) -> None:
    signature = make_signature(supplier, make_version(make_document()))
    seen = watch(signature_pdf, "commitment_pdf")
    assert make_signature_pdf(signature.pk) is not None
    assert make_signature_pdf(signature.pk) is None
    assert seen == [False]
    assert Signature.objects.get().pdf
