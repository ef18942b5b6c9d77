"""The words of the permission table: rows, casts, expected answers.

A new page or endpoint needs a row for each verb it answers; ``test_table`` fails until it has.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponseBase

STAFF = ("buyer", "csr_specialist", "auditor", "esg_reporter", "admin")
CONTACTS = ("supplier_user", "other_supplier_user")
CAST = ("anonymous", "nobody", *CONTACTS, *STAFF)
Expected = dict[str, int]

SIGN_IN = 302
API_SIGN_IN = 401


@dataclass(frozen=True, slots=True)
class Row:
    """``args`` and the values of ``data`` are names in the world (see ``world.py``) or constants.

    ``json`` sends the data as JSON, ``htmx`` asks for a part of a page as the script does.
    """

    route: str
    verb: str
    expected: Expected
    args: tuple[str, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    query: str = ""
    json: bool = False
    htmx: bool = False

    def __str__(self) -> str:
        return f"{self.verb} {self.route}"


def who(anonymous: int = SIGN_IN, rest: int = 403, **named: int) -> Expected:
    """Everybody gets ``rest`` but the named; ``staff`` and ``contacts`` name groups."""
    answers = dict.fromkeys(CAST, rest)
    answers["anonymous"] = anonymous
    for group, members in (("staff", STAFF), ("contacts", CONTACTS)):
        if group in named:
            answers.update(dict.fromkeys(members, named.pop(group)))
    answers.update(named)
    return answers


def api(rest: int = 403, **named: int) -> Expected:
    return who(API_SIGN_IN, rest, **named)


def editors(allowed: int, anonymous: int = SIGN_IN, rest: int = 403) -> Expected:
    """Procurement, CSR specialists and administrators."""
    return who(anonymous, rest, buyer=allowed, csr_specialist=allowed, admin=allowed)


def matchers(allowed: int, anonymous: int = SIGN_IN, **named: int) -> Expected:
    """CSR specialists and administrators."""
    return who(anonymous, **{"csr_specialist": allowed, "admin": allowed, **named})


def denied(response: HttpResponseBase) -> bool:
    """Whether an answer means that the person may not; being sent to sign in counts."""
    to_sign_in = response.headers.get("Location", "").startswith("/accounts/login/")
    return to_sign_in or response.status_code in (401, 403, 404, 405)
