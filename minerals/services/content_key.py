"""Telling whether two files say the same."""

from __future__ import annotations

import hashlib
import json

from minerals.excel.wire import declaration_to_json
from minerals.rules.declaration import Declaration as ReadDeclaration

# What two files may differ in and still say the same.
NO_CONTENT = (
    "cached_values", "effective_on", "language", "layout", "lookup", "notes", "resolved", "version",
)  # fmt: skip


def content_key(found: ReadDeclaration) -> str:
    """SHA-256 of what the supplier said: the same for a file saved again or dated anew."""
    content = declaration_to_json(found)
    for name in NO_CONTENT:
        content.pop(name, None)
    content["company"] = {
        name: entry for name, entry in content["company"].items() if name != "effective_date"
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
