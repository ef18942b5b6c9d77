"""Writing the result of a judgement: rows, counts, status, supersession, trail."""

from __future__ import annotations

import datetime as dt
import json
import zlib

from django.db import transaction

from core import clock
from core.services.activity import record_activity
from minerals.enums import DeclarationStatus, VerdictState
from minerals.excel.wire import declaration_to_json
from minerals.models import Declaration, DeclarationDocument
from minerals.rules.declaration import Declaration as ReadDeclaration
from minerals.services.carried_links import carry_links
from minerals.services.content_key import content_key
from minerals.services.corrected_files import settle_with_file
from minerals.services.gate import push_declaration_gate
from minerals.services.judgement import Judgement
from minerals.services.lines import (
    replace_content,
    replace_findings,
    replace_smelters,
    update_smelters,
)
from minerals.services.plausibility import keep_print, look_later
from minerals.services.rating import rate_later
from minerals.services.supersession import current_status, lock_suppliers, refresh_supersession
from suppliers.models import Supplier

COMPRESSION = 6


@transaction.atomic
def record_first(
    declaration: Declaration,
    supplier: Supplier | None,
    found: ReadDeclaration,
    judgement: Judgement,
) -> None:
    """Store everything the reader found and the rules said about a received file."""
    lock_suppliers(supplier.pk if supplier else None)
    declaration.supplier = supplier
    describe(declaration, found)
    summarise(declaration, found, judgement)
    declaration.error = {}
    declaration.save()
    _keep_document(declaration, found)
    replace_content(declaration, found)
    replace_smelters(declaration, found, judgement.matches)
    replace_findings(declaration, judgement)
    _note_verdict(declaration)
    if declaration.status != DeclarationStatus.DRAFT:
        take_effect(declaration)


def take_effect(declaration: Declaration) -> None:
    """What follows from a judged declaration that counts. The supplier must be locked."""
    keep_print(declaration)
    _tell_others(declaration)
    look_later(declaration.pk)


@transaction.atomic
def record_again(declaration: Declaration, found: ReadDeclaration, judgement: Judgement) -> None:
    """Store a new judgement of the same file; its rows keep their keys.

    Supplier and declaration must be locked.
    """
    before = (declaration.verdict, declaration.error_count, declaration.warning_count)
    summarise(declaration, found, judgement)
    declaration.save()
    update_smelters(declaration, found, judgement.matches)
    replace_findings(declaration, judgement)
    keep_print(declaration)
    if before != (declaration.verdict, declaration.error_count, declaration.warning_count):
        _note_verdict(declaration)
    _tell_others(declaration)


def _tell_others(declaration: Declaration) -> None:
    """What follows elsewhere: which declaration counts, questions it answers, gate and rating."""
    refresh_supersession(declaration)
    declaration.refresh_from_db(fields=["status", "superseded_by"])
    carry_links(declaration)
    settle_with_file(declaration)
    push_declaration_gate(declaration.supplier_id)
    rate_later(declaration.supplier_id)


@transaction.atomic
def record_unreadable(declaration: Declaration, code: str, params: dict[str, str]) -> None:
    """The file is kept as it came; nothing of its content is."""
    if declaration.status != DeclarationStatus.DRAFT:
        declaration.status = DeclarationStatus.UNREADABLE
    declaration.verdict = VerdictState.UNREADABLE
    declaration.error = {"code": code, "params": params}
    declaration.judged_at = clock.now()
    declaration.save()
    record_activity(None, "declaration.unreadable", declaration, code=code)


def _note_verdict(declaration: Declaration) -> None:
    record_activity(
        None,
        "declaration.judged",
        declaration,
        verdict=declaration.verdict,
        remaining=declaration.required_remaining,
        errors=declaration.error_count,
        warnings=declaration.warning_count,
    )


def describe(declaration: Declaration, found: ReadDeclaration) -> None:
    """What the file says of itself, on the row; not stored yet."""
    declaration.family = found.family
    declaration.version = found.version[:12]
    declaration.layout = found.layout
    declaration.language = found.language[:40]
    declaration.cached_values = found.cached_values
    declaration.company_name = _field(found, "company_name")
    declaration.contact_email = _field(found, "contact_email")
    declaration.scope = found.scope_letter()
    declaration.content_key = content_key(found)
    declaration.effective_on = (
        dt.date.fromisoformat(found.effective_on) if found.effective_on else None
    )


def summarise(declaration: Declaration, found: ReadDeclaration, judgement: Judgement) -> None:
    """What the rules found, on the row; not stored yet."""
    declaration.verdict = judgement.verdict.state
    if declaration.status != DeclarationStatus.DRAFT:
        declaration.status = current_status(declaration)
    declaration.required_remaining = judgement.required_remaining
    severities = [finding.severity for finding in judgement.findings]
    declaration.error_count = severities.count("error")
    declaration.warning_count = severities.count("warning")
    declaration.info_count = severities.count("info")
    declaration.smelter_count = len(found.smelters)
    declaration.waiting_count = sum(bool(match.suggestions) for match in judgement.matches)
    declaration.product_count = len(found.products)
    declaration.mine_count = len(found.mines)
    declaration.judged_at = clock.now()


def _field(found: ReadDeclaration, name: str) -> str:
    entry = found.company.get(name)
    return entry.text[:255] if entry else ""


def _keep_document(declaration: Declaration, found: ReadDeclaration) -> None:
    content = json.dumps(declaration_to_json(found), ensure_ascii=False, separators=(",", ":"))
    DeclarationDocument.objects.update_or_create(
        declaration=declaration,
        defaults={"data": zlib.compress(content.encode("utf-8"), COMPRESSION)},
    )
