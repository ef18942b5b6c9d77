"""What suppliers must sign and what they signed: reads shared by pages, API and services."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Min, Q, QuerySet
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import NotFound
from suppliers.enums import RequestState, SignatureState
from suppliers.models import (
    DocumentRequest,
    DocumentType,
    DocumentVersion,
    MineralScope,
    Signature,
    Supplier,
    SupplierContact,
)
from suppliers.rules.documents import (
    IN_FORCE,
    TO_SIGN,
    DocumentFact,
    RequestFact,
    SignatureFact,
    document_state,
    is_required,
    newest_numbers,
)
from suppliers.selectors.commitment_words import STATE_WORDS, StateWords
from suppliers.workflow import LEFT

if TYPE_CHECKING:
    from accounts.models import User

COUNTED = (SignatureState.VALID, SignatureState.TO_CHECK)
SIGNATURE_FIELDS = (
    "supplier", "version", "state", "way", "signed_on", "signed_at", "valid_until", "signer_name",
    "pdf", "scan",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Commitment:
    """A document with what its versions mean. ``newest``: the published version to sign;
    ``versions``: the published ones by their key. All are without their texts."""

    document: DocumentType
    newest: DocumentVersion | None
    fact: DocumentFact
    versions: dict[int, DocumentVersion]

    @property
    def current_versions(self) -> list[int]:
        """Keys of the versions whose signatures still count."""
        least = self.fact.material_number
        return [key for key, version in self.versions.items() if version.number >= least]


@dataclass(slots=True)
class Standing:
    """Where one document stands for one supplier. ``signature``: the one that counts, or the
    newest one; ``request``: the open one, or the newest refused one."""

    commitment: Commitment
    required: bool
    state: str = "missing"
    signature: Signature | None = None
    request: DocumentRequest | None = None

    @property
    def document(self) -> DocumentType:
        return self.commitment.document

    @property
    def version(self) -> DocumentVersion | None:
        return self.commitment.newest

    @property
    def words(self) -> StateWords:
        return STATE_WORDS[self.state]

    @property
    def is_in_force(self) -> bool:
        return self.state in IN_FORCE

    @property
    def is_asked(self) -> bool:
        return self.request is not None and self.request.state == RequestState.OPEN

    @property
    def is_to_sign(self) -> bool:
        """The supplier has something to do; a refusal can still be turned into a signature."""
        return self.state in TO_SIGN

    @property
    def can_be_signed(self) -> bool:
        """Asked of the supplier in some way, and not signed for long yet."""
        asked = self.required or self.is_asked
        return asked and self.version is not None and self.state != "signed"

    @property
    def due_on(self) -> dt.date | None:
        return self.request.due_on if self.request is not None and self.is_asked else None


def commitments_in_use() -> list[Commitment]:
    """Documents in use, in their order; two queries."""
    documents = list(DocumentType.objects.filter(is_active=True))
    return commitments_of(documents)


def commitments_of(documents: Sequence[DocumentType]) -> list[Commitment]:
    versions: dict[int, list[DocumentVersion]] = defaultdict(list)
    published = DocumentVersion.objects.filter(document__in=documents, published_at__isnull=False)
    for version in published.defer("text_en", "text_zh").order_by("-number"):
        versions[version.document_id].append(version)
    return [_commitment(document, versions[document.pk]) for document in documents]


def _commitment(document: DocumentType, versions: list[DocumentVersion]) -> Commitment:
    for version in versions:
        version.document = document
    newest, material = newest_numbers([(one.number, one.change) for one in versions])
    fact = DocumentFact(
        kinds=frozenset(document.kinds),
        minerals_only=document.minerals_only,
        number=newest,
        material_number=material,
        is_active=document.is_active,
    )
    by_key = {version.pk: version for version in versions}
    return Commitment(document, versions[0] if versions else None, fact, by_key)


def standings(
    suppliers: Iterable[Supplier],
    commitments: Sequence[Commitment],
    today: dt.date | None = None,
) -> dict[int, list[Standing]]:
    """Per supplier's key where each document stands, in the order of ``commitments``.

    Three queries however many suppliers there are.
    """
    chosen = list(suppliers)
    keys = [supplier.pk for supplier in chosen]
    day = today or clock.today()
    minerals = set(
        MineralScope.objects.filter(supplier__in=keys).values_list("supplier_id", flat=True)
    )
    versions = {key: one for each in commitments for key, one in each.versions.items()}
    signatures = _by_place(
        Signature.objects.filter(supplier__in=keys, version__in=versions, state__in=COUNTED)
        .only(*SIGNATURE_FIELDS)
        .order_by("signed_at", "pk"),
        versions,
    )
    requests = _by_place(
        DocumentRequest.objects.filter(supplier__in=keys, version__in=versions)
        .exclude(state=RequestState.CANCELLED)
        .order_by("pk"),
        versions,
    )
    found: dict[int, list[Standing]] = {}
    for supplier in chosen:
        row = []
        for commitment in commitments:
            place = (supplier.pk, commitment.document.pk)
            required = is_required(commitment.fact, supplier.kind, supplier.pk in minerals)
            known, asked = signatures.get(place, []), requests.get(place, [])
            row.append(_judged(Standing(commitment, required), known, asked, day))
        found[supplier.pk] = row
    return found


Placed = TypeVar("Placed", Signature, DocumentRequest)


def _by_place(
    rows: Iterable[Placed], versions: Mapping[int, DocumentVersion]
) -> dict[tuple[int, int], list[Placed]]:
    """By supplier and document; each row gets its version without asking for it."""
    found: dict[tuple[int, int], list[Placed]] = defaultdict(list)
    for row in rows:
        row.version = versions[row.version_id]
        found[row.supplier_id, row.version.document_id].append(row)
    return found


def _judged(
    standing: Standing,
    known: list[Signature],
    requests: list[DocumentRequest],
    today: dt.date,
) -> Standing:
    facts = [
        SignatureFact(one.version.number, one.state == SignatureState.VALID, one.valid_until)
        for one in known
    ]
    asked = [RequestFact(one.state, one.due_on, one.pk) for one in requests]
    standing.state = document_state(
        standing.commitment.fact, standing.required, facts, asked, today
    )
    standing.signature = _telling(known)
    waiting = [one for one in requests if one.state == RequestState.OPEN]
    last = requests[-1:] if standing.state == "refused" else []
    standing.request = next(iter(waiting or last), None)
    return standing


def _telling(known: list[Signature]) -> Signature | None:
    """Valid before unchecked, newer wording before older, longer validity before shorter."""

    def weight(one: Signature) -> tuple[bool, int, dt.date, int]:
        valid = one.state == SignatureState.VALID
        return valid, one.version.number, one.valid_until or dt.date.max, one.pk

    return max(known, key=weight, default=None)


def standings_of(supplier: Supplier) -> list[Standing]:
    """All documents in use for one supplier; five queries."""
    return standings([supplier], commitments_in_use())[supplier.pk]


def standing_of(supplier: Supplier, document: DocumentType) -> Standing:
    return standings([supplier], commitments_of([document]))[supplier.pk][0]


def contact_of(actor: User) -> SupplierContact:
    """Who the actor is at the own company. NotFound for everybody who speaks for none."""
    contact = SupplierContact.objects.select_related("supplier").filter(user=actor).first()
    if contact is None:
        raise NotFound("supplier_not_found", N_("There is no such supplier."))
    return contact


def signatures_for(actor: User) -> QuerySet[Signature]:
    return (
        Signature.objects.visible_to(actor)
        .select_related("supplier", "version__document", "recorded_by", "checked_by", "scan")
        .defer("version__text_en", "version__text_zh")
    )


def signature_for(actor: User, signature_id: int, *, locked: bool = False) -> Signature:
    """NotFound when there is none or the actor may not see it."""
    seen = Signature.objects.visible_to(actor)
    rows = (
        seen.select_for_update(of=("self",)).select_related("version__document", "supplier")
        if locked
        else seen.select_related(
            "supplier", "version__document", "recorded_by", "checked_by", "scan"
        )
    )
    found = rows.filter(pk=signature_id).first()
    if found is None:
        raise NotFound("signature_not_found", N_("There is no such signature."))
    return found


def requests_for(actor: User) -> QuerySet[DocumentRequest]:
    return (
        DocumentRequest.objects.visible_to(actor)
        .select_related("supplier", "version__document", "requested_by")
        .defer("version__text_en", "version__text_zh")
    )


def request_for(actor: User, request_id: int, *, locked: bool = False) -> DocumentRequest:
    """NotFound when there is none or the actor may not see it."""
    rows = DocumentRequest.objects.visible_to(actor).filter(pk=request_id)
    if locked:
        rows = rows.select_for_update(of=("self",))
    found = rows.select_related("supplier", "version__document").first()
    if found is None:
        raise NotFound("request_not_found", N_("There is no such request."))
    return found


def waiting_requests(supplier: Supplier, document: DocumentType) -> QuerySet[DocumentRequest]:
    return DocumentRequest.objects.filter(
        supplier=supplier, version__document=document, state=RequestState.OPEN
    )


def valid_signers(document: DocumentType, before: int, today: dt.date) -> QuerySet[Supplier]:
    """Suppliers whom a material version ``before`` asks again: a valid signature on an earlier
    version, and still with us."""
    lasting = Q(valid_until=None) | Q(valid_until__gte=today)
    signed = Signature.objects.filter(
        lasting,
        state=SignatureState.VALID,
        version__document=document,
        version__number__lt=before,
    )
    living = Supplier.objects.living().exclude(status__in=LEFT)
    return living.filter(pk__in=signed.values("supplier_id"))


def first_signatures(document_code: str, start: dt.date, end: dt.date) -> QuerySet[Supplier]:
    """Suppliers whose first valid signature of the document lies within ``start``..``end``, both
    included (ESG appendix SCM-02). ``first_signed_on`` is on each row. A signature that was
    revoked or rejected never counts; one that has expired since does."""
    valid = Q(
        signatures__version__document__code=document_code,
        signatures__state=SignatureState.VALID,
    )
    return Supplier.objects.annotate(
        first_signed_on=Min("signatures__signed_on", filter=valid)
    ).filter(first_signed_on__range=(start, end))
