"""What the reader found in a file, kept whole beside the declaration."""

from __future__ import annotations

import json
import zlib

from minerals.excel.wire import declaration_from_json
from minerals.models import Declaration, DeclarationDocument
from minerals.rules.declaration import Declaration as ReadDeclaration


def document_of(declaration: Declaration) -> ReadDeclaration | None:
    """The declaration as read; None when the file was never read."""
    stored = DeclarationDocument.objects.filter(declaration=declaration).first()
    if stored is None:
        return None
    return declaration_from_json(json.loads(zlib.decompress(stored.data)))
