"""Reads of declarations shared by pages, API list and export."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_noop as N_

from core.errors import NotFound
from core.models import Job
from minerals.enums import FindingSeverity, JobKind
from minerals.models import Declaration, Finding
from minerals.rules.catalogue import CATALOGUE

if TYPE_CHECKING:
    from accounts.models import User
    from minerals.models.declaration import DeclarationQuerySet

CONTRADICTION_CODES = tuple(
    code for code, check in CATALOGUE.items() if check.group == "contradictions"
)


def declarations_for(actor: User) -> DeclarationQuerySet:
    """What the actor may see, with everything a list row shows in one query.

    ``owner`` is the name to sort by: of the supplier, else of the company in the file.
    """
    nobody = NullIf(F("company_name"), Value(""))
    return (
        Declaration.objects.visible_to(actor)
        .select_related("supplier")
        .annotate(owner=Coalesce(F("supplier__name"), nobody, F("file_name")))
    )


def declaration_for(actor: User, declaration_id: int) -> Declaration:
    """One declaration with what its page's head shows. NotFound when the actor may not see it."""
    found = Declaration.objects.visible_to(actor).select_related(
        "supplier", "workbook", "superseded_by", "uploaded_by"
    )
    declaration = found.filter(pk=declaration_id).first()
    if declaration is None:
        raise NotFound(
            "declaration_not_found",
            N_("There is no such declaration, or it belongs to somebody else."),
        )
    return declaration


@dataclass(frozen=True, slots=True)
class FindingCounts:
    """``open_rows`` are required fields, ``contradictions`` errors and warnings among answers;
    ``errors`` and ``warnings`` are the others of that severity."""

    open_rows: int
    contradictions: int
    errors: int
    warnings: int
    notes: int
    total: int


def finding_counts(declaration: Declaration) -> FindingCounts:
    """How many findings of each sort a declaration has (one query)."""
    own = Q(checker_row=None)
    clash = own & Q(code__in=CONTRADICTION_CODES) & ~Q(severity=FindingSeverity.INFO)
    counts = declaration.findings.aggregate(
        open_rows=Count("pk", filter=Q(checker_row__isnull=False)),
        contradictions=Count("pk", filter=clash),
        errors=Count("pk", filter=own & ~clash & Q(severity=FindingSeverity.ERROR)),
        warnings=Count("pk", filter=own & ~clash & Q(severity=FindingSeverity.WARNING)),
        notes=Count("pk", filter=own & Q(severity=FindingSeverity.INFO)),
        total=Count("pk"),
    )
    return FindingCounts(**counts)


def counts_of_rows(rows: Iterable[Finding]) -> FindingCounts:
    """The same of findings that are not stored."""
    listed = list(rows)
    own = [row for row in listed if row.checker_row is None]
    loud = [row for row in own if row.severity != FindingSeverity.INFO]
    clash = [row for row in loud if row.code in CONTRADICTION_CODES]
    others = [row for row in loud if row.code not in CONTRADICTION_CODES]
    errors = sum(row.severity == FindingSeverity.ERROR for row in others)
    return FindingCounts(
        len(listed) - len(own),
        len(clash),
        errors,
        len(others) - errors,
        len(own) - len(loud),
        len(listed),
    )


def previous_declaration(declaration: Declaration) -> Declaration | None:
    """The newest one that this declaration superseded."""
    return declaration.supersedes.order_by("-received_at", "-pk").first()


def comparable_with(declaration: Declaration) -> DeclarationQuerySet:
    """The other judged declarations of the same supplier and family, newest first."""
    others = Declaration.objects.filter(
        supplier=declaration.supplier_id, family=declaration.family, judged_at__isnull=False
    ).exclude(pk=declaration.pk)
    return others if declaration.supplier_id and declaration.family else others.none()


def twins_of(declaration: Declaration, actor: User) -> list[Declaration]:
    """The declarations that are the very same file, among those the actor may see."""
    found = Declaration.objects.visible_to(actor).select_related("supplier")
    return list(found.filter(workbook=declaration.workbook_id).exclude(pk=declaration.pk)[:20])


def judging_job(declaration: Declaration) -> Job | None:
    """The newest job that judges this declaration; its progress is shown meanwhile."""
    return Job.objects.about(declaration).filter(kind=JobKind.JUDGE).first()
