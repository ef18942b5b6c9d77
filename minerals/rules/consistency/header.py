"""Findings about the company block and the product list.

Empty required fields are the official Checker's business; these rules look at what is filled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from minerals.rules.catalogue.labels import FIELD_LABELS
from minerals.rules.consistency.context import Context
from minerals.rules.consistency.making import finding
from minerals.rules.declaration import Declaration, Entry
from minerals.rules.judgement import Finding
from minerals.rules.likeness import same_company
from minerals.rules.placeholders import is_placeholder

_NAMED_FIELDS = ("company_name", "contact_name")
_EMAIL_FIELDS = ("contact_email", "authorizer_email")
# E-mails without "@" are open items already, blanks included, so they are not named twice.
_REQUIRED = ("company_name", "scope", "contact_name", "contact_phone", "authorizer_name",
             "effective_date")  # fmt: skip
_EMAIL = re.compile(r"[^@\s,;<>]+@(?:[^@\s.,;<>]+\.)+[^@\s.,;<>]{2,}")
_BETWEEN_EMAILS = re.compile(r"[;,\s]+")


def header_findings(declaration: Declaration, context: Context) -> Iterator[Finding]:
    yield from _blanks(declaration)
    yield from _placeholders(declaration)
    yield from _emails(declaration)
    yield from _scope(declaration, context)
    yield from _company_name(declaration, context)


def only_blanks(entry: Entry) -> bool:
    """Filled for the official Checker, empty for a person."""
    return isinstance(entry.raw, str) and bool(entry.raw) and not entry.text


def _blanks(declaration: Declaration) -> Iterator[Finding]:
    fields = [*_REQUIRED, *(["scope_description"] if declaration.scope_letter() == "C" else [])]
    for name in fields:
        entry = declaration.company.get(name)
        if entry is not None and only_blanks(entry):
            yield finding("field_only_blanks", entry.cell, field=FIELD_LABELS[name])


def _placeholders(declaration: Declaration) -> Iterator[Finding]:
    for name in _NAMED_FIELDS:
        entry = declaration.company.get(name)
        if entry is not None and is_placeholder(entry.text):
            yield finding(
                "field_placeholder", entry.cell, field=FIELD_LABELS[name], value=entry.text
            )
    authorizer = declaration.company.get("authorizer_name")
    if authorizer is not None and is_placeholder(authorizer.text):
        yield finding("authorizer_placeholder", authorizer.cell, value=authorizer.text)


def _emails(declaration: Declaration) -> Iterator[Finding]:
    for name in _EMAIL_FIELDS:
        entry = declaration.company.get(name)
        if entry is not None and "@" in entry.text and not _usable(entry.text):
            yield finding("email_invalid", entry.cell, field=FIELD_LABELS[name], value=entry.text)


def _usable(text: str) -> bool:
    """One address, or several separated by commas, semicolons or blanks."""
    addresses = [part for part in _BETWEEN_EMAILS.split(text) if part]
    return bool(addresses) and all(_EMAIL.fullmatch(part) for part in addresses)


def _scope(declaration: Declaration, context: Context) -> Iterator[Finding]:
    entry = declaration.company.get("scope")
    if entry is None or not entry.text:
        return
    letter = declaration.scope_letter()
    if not letter:
        yield finding("scope_invalid", entry.cell, value=entry.text)
    elif context.requested_scope and letter != context.requested_scope[:1].upper():
        yield finding(
            "scope_differs_from_request",
            entry.cell,
            scope=letter,
            requested=context.requested_scope[:1].upper(),
        )


def _company_name(declaration: Declaration, context: Context) -> Iterator[Finding]:
    entry = declaration.company.get("company_name")
    names = [name for name in context.supplier_names if name.strip()]
    if entry is None or not entry.text or is_placeholder(entry.text) or not names:
        return
    if not same_company(entry.text, names):
        yield finding(
            "company_name_differs", entry.cell, value=entry.text, expected=" / ".join(names)
        )
