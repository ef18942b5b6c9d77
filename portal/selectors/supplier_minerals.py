"""Declarations of one supplier and what is open in them."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import User
from core.badges import Badge
from minerals.enums import DeclarationStatus
from minerals.models import Declaration
from minerals.policies.declarations import can_upload
from minerals.selectors.declarations import declarations_for
from minerals.selectors.verdict_words import verdict_badge
from suppliers.models import Supplier

SHOWN = 20


@dataclass(frozen=True, slots=True)
class DeclarationsCard:
    """``rows``: the newest ones with the badge of their verdict."""

    supplier: Supplier
    rows: list[tuple[Declaration, Badge]]
    count: int
    may_upload: bool


@dataclass(frozen=True, slots=True)
class FindingsCard:
    """``rows``: current declarations in which something is open."""

    rows: list[Declaration]
    blocking: int
    warnings: int
    waiting: int


def declarations_card(actor: User, supplier: Supplier) -> DeclarationsCard:
    found = declarations_for(actor).filter(supplier=supplier)
    rows = [(item, verdict_badge(item)) for item in found[:SHOWN]]
    return DeclarationsCard(supplier, rows, found.count(), can_upload(actor))


def findings_card(actor: User, supplier: Supplier) -> FindingsCard:
    """What a newer declaration supersedes is not open any more."""
    current = declarations_for(actor).filter(supplier=supplier)
    current = current.exclude(status=DeclarationStatus.SUPERSEDED).filter(judged_at__isnull=False)
    rows = [row for row in current[:SHOWN] if _open(row)]
    return FindingsCard(
        rows,
        sum(row.blocking_count for row in rows),
        sum(row.warning_count for row in rows),
        sum(row.waiting_count for row in rows),
    )


def _open(row: Declaration) -> int:
    return row.blocking_count + row.warning_count + row.waiting_count
