"""Document types and their versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import NotFound
from suppliers.models import DocumentType, DocumentVersion, Supplier
from suppliers.rules.clauses import ClauseChange, changed_clauses
from suppliers.selectors.commitments import valid_signers

if TYPE_CHECKING:
    from accounts.models import User


def documents_for(actor: User) -> QuerySet[DocumentType]:
    """All of them for our own people; a supplier's contact sees those in use with a published
    version. Nobody else sees any."""
    if actor.is_internal:
        return DocumentType.objects.prefetch_related("versions")
    if not Supplier.objects.visible_to(actor).exists():
        return DocumentType.objects.none()
    published = DocumentVersion.objects.filter(published_at__isnull=False)
    seen = DocumentType.objects.filter(is_active=True, versions__in=published).distinct()
    return seen.prefetch_related(Prefetch("versions", published))


def versions_for(actor: User) -> QuerySet[DocumentVersion]:
    """Those of the documents the actor sees; a supplier's contact sees no drafts."""
    rows = DocumentVersion.objects.filter(document__in=documents_for(actor).order_by())
    if not actor.is_internal:
        rows = rows.filter(published_at__isnull=False)
    return rows.select_related("document").order_by("document__order", "document__code", "-number")


def version_seen(actor: User, version_id: int) -> DocumentVersion:
    """NotFound when there is none or the actor may not see it."""
    return _found(versions_for(actor).filter(pk=version_id))


def document_rows() -> QuerySet[DocumentType]:
    """For the settings list: with ``published`` (number of versions) and the versions."""
    versions = DocumentVersion.objects.defer("text_en", "text_zh")
    return DocumentType.objects.annotate(
        published=Count("versions", filter=Q(versions__published_at__isnull=False))
    ).prefetch_related(Prefetch("versions", versions))


def document_for(document_id: int, *, locked: bool = False) -> DocumentType:
    rows = DocumentType.objects.select_for_update() if locked else DocumentType.objects
    found = rows.filter(pk=document_id).first()
    if found is None:
        raise NotFound("document_not_found", N_("There is no such document."))
    return found


def version_for(version_id: int, *, locked: bool = False) -> DocumentVersion:
    """Any version, drafts too: for our own people."""
    rows = DocumentVersion.objects.select_related("document", "published_by")
    if locked:
        rows = rows.select_for_update(of=("self",))
    return _found(rows.filter(pk=version_id))


def published_version(version_id: int) -> DocumentVersion:
    """A version that suppliers may read; NotFound for drafts and documents out of use."""
    rows = DocumentVersion.objects.select_related("document")
    return _found(rows.filter(pk=version_id, published_at__isnull=False, document__is_active=True))


def _found(rows: QuerySet[DocumentVersion]) -> DocumentVersion:
    found = rows.first()
    if found is None:
        raise NotFound("version_not_found", N_("There is no such version of a document."))
    return found


def newest_version(document: DocumentType) -> DocumentVersion | None:
    published = document.versions.filter(published_at__isnull=False)
    return published.order_by("-number").first()


def draft_of(document: DocumentType) -> DocumentVersion | None:
    return document.versions.filter(published_at=None).first()


def version_before(version: DocumentVersion) -> DocumentVersion | None:
    """The published version before this one."""
    earlier = version.document.versions.filter(
        published_at__isnull=False, number__lt=version.number
    )
    return earlier.order_by("-number").first()


def text_of(version: DocumentVersion, language: str) -> str:
    """``language`` is a language code; anything but Chinese reads English."""
    return version.text_zh if language.startswith("zh") else version.text_en


def clause_changes(old: DocumentVersion, new: DocumentVersion, language: str) -> list[ClauseChange]:
    return changed_clauses(text_of(old, language), text_of(new, language))


def asked_again(version: DocumentVersion) -> QuerySet[Supplier]:
    """Whom publishing this version asks to sign again; nobody unless it is material."""
    if version.change != "material":
        return Supplier.objects.none()
    return valid_signers(version.document, version.number, clock.today())
