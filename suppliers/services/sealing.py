"""The seal of a signature: HMAC-SHA256 over its facts, with a key derived from ``SECRET_KEY``.

Who changes a name, a date or a hash in the database cannot make a seal that fits. When
``SECRET_KEY`` is replaced, keep the old one in ``SECRET_KEY_FALLBACKS``: new seals use the new key,
old ones are verified with the old key. Without it, old seals can no longer be verified; the
signatures themselves stay.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import ipaddress
import json
from typing import Any

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from suppliers.models import Signature

SALT = "suppliers.signature.seal.1"


def seal_of(signature: Signature) -> str:
    """64 hexadecimal digits, by the present key."""
    return _sealed(canonical_facts(signature), settings.SECRET_KEY)


def has_true_seal(signature: Signature) -> bool:
    """Whether the stored seal fits the facts under the present key or a former one."""
    facts = canonical_facts(signature)
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(constant_time_compare(signature.seal, _sealed(facts, key)) for key in keys)


def canonical_facts(signature: Signature) -> bytes:
    """What is sealed, as JSON with sorted names. State and check are not: they come later."""
    facts: dict[str, Any] = {
        "address": _address(signature.ip_address),
        "company": signature.company_name,
        "company_code": signature.company_code,
        "document": signature.version.document.code,
        "document_sha256": signature.document_sha256,
        "language": signature.language,
        "scan_sha256": signature.scan.sha256 if signature.scan else "",
        "signed_at": signature.signed_at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        "signed_on": signature.signed_on.isoformat(),
        "signer": signature.signer_name,
        "title": signature.signer_title,
        "user_agent": signature.user_agent,
        "valid_until": signature.valid_until.isoformat() if signature.valid_until else "",
        "version": signature.version.number,
        "way": signature.way,
    }
    return json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def _sealed(facts: bytes, key: str) -> str:
    return salted_hmac(SALT, facts, secret=key, algorithm="sha256").hexdigest()


def _address(text: str | None) -> str:
    """One spelling for every way of writing the address: databases keep different ones."""
    return ipaddress.ip_address(text).packed.hex() if text else ""


def content_sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
