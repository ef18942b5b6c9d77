"""Documents of our own, so that tests do not depend on what a migration brought."""

from __future__ import annotations

import pytest

from suppliers.models import DocumentType, DocumentVersion
from tests.factories.commitments import make_document, make_version


@pytest.fixture
def _only_own_documents(db: None) -> None:
    """Take the documents of the migration out of use."""
    DocumentType.objects.update(is_active=False)


@pytest.fixture
def document(_only_own_documents: None) -> DocumentType:
    return make_document()


@pytest.fixture
def version(document: DocumentType) -> DocumentVersion:
    return make_version(document)
