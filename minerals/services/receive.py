"""A declaration comes in: guard, keep the file, create the row and the job, hand to the worker."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from core.errors import InvalidInput
from core.models import Job
from core.services.activity import record_activity
from core.services.jobs import create_job, enqueue_job, fail_job, finish_job
from core.uploads import (
    ArchiveMember,
    RejectedMember,
    UploadFacts,
    UploadRejected,
    expand_archive,
    inspect_upload,
)
from minerals.enums import DeclarationStatus, JobKind, Source
from minerals.models import Declaration
from minerals.policies import declarations as policies
from minerals.rules.catalogue import check
from minerals.services.files import keep_workbook, upload_limits
from minerals.services.judging import JUDGING_FAILED
from suppliers.models import Supplier

if TYPE_CHECKING:
    from accounts.models import User

logger = logging.getLogger(__name__)
STEPS = 4
OwnerOf = Callable[[str], Supplier | None]


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A file on disk that somebody handed in under ``name``."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """Who hands in, through which door, for whom.

    ``supplier`` None: found by the company name inside. ``queued`` False: the caller judges.
    ``is_draft``: judged as any other, but without any consequence until it is submitted.
    """

    actor: User | None
    source: Source
    supplier: Supplier | None = None
    batch: UUID = field(default_factory=uuid.uuid4)
    queued: bool = True
    is_draft: bool = False


@dataclass(frozen=True, slots=True)
class Received:
    """What became of one file.

    ``declaration`` is None for a file that was not let in; ``job`` then carries the error.
    ``known`` is True when the same bytes were there for this supplier already.
    """

    name: str
    job: Job
    declaration: Declaration | None = None
    known: bool = False


def receive_files(
    delivery: Delivery, files: Sequence[IncomingFile], *, owner_of: OwnerOf | None = None
) -> list[Received]:
    """Take in several files or ZIPs of files. One that is bad never stops the rest.

    ``owner_of`` tells the supplier of a file inside a ZIP by its name, where one is known.

    Raises NotAllowed for the whole delivery, InvalidInput when there is no file at all.
    """
    if delivery.actor is not None:
        policies.require_upload(delivery.actor, delivery.supplier)
    if not files:
        raise InvalidInput("no_file", N_("Choose at least one file."), field="files")
    results: list[Received] = []
    for file in files:
        results.extend(_receive_one_or_archive(delivery, file, owner_of))
    return results


def _receive_one_or_archive(
    delivery: Delivery, file: IncomingFile, owner_of: OwnerOf | None
) -> list[Received]:
    limits = upload_limits()
    try:
        facts = inspect_upload(file.path, file.name, limits)
        if facts.kind != "zip":
            return [_keep(delivery, file, facts)]
        with TemporaryDirectory() as folder:
            members = expand_archive(file.path, limits, Path(folder))
            return [_receive_member(delivery, member, owner_of) for member in members]
    except UploadRejected as error:
        return [_refused(delivery, file.name, error.code, error.params)]
    except OSError:
        return [_not_stored(delivery, file.name)]


def _keep(delivery: Delivery, file: IncomingFile, facts: UploadFacts) -> Received:
    """A full disk stops neither the other files nor the page that tells of it."""
    try:
        return receive_declaration(delivery, file, facts)
    except OSError:
        return _not_stored(delivery, file.name)


def _not_stored(delivery: Delivery, name: str) -> Received:
    logger.exception("A received file could not be stored.")
    return _refused(delivery, name, "file_not_stored", {})


@transaction.atomic
def receive_declaration(delivery: Delivery, file: IncomingFile, facts: UploadFacts) -> Received:
    """Store one inspected workbook and queue its judgement.

    The same bytes for the same supplier are one declaration: the known one is returned.
    """
    workbook, _new = keep_workbook(file.path, facts)
    known = _known_declaration(delivery, workbook.pk)
    if known is not None and not _begins_anew(known, delivery):
        job = create_job(
            JobKind.JUDGE, file.name, owner=delivery.actor, subject=known, batch=delivery.batch
        )
        finish_job(job.pk, known=True)
        job.refresh_from_db()
        record_activity(delivery.actor, "declaration.received_again", known, file=file.name)
        return Received(file.name, job, known, known=True)
    declaration = known or Declaration(supplier=delivery.supplier, workbook=workbook)
    _begin(declaration, delivery, file.name)
    job = create_job(
        JobKind.JUDGE,
        file.name,
        owner=delivery.actor,
        subject=declaration,
        batch=delivery.batch,
        total=STEPS,
    )
    record_activity(
        delivery.actor,
        "declaration.received",
        declaration,
        file=file.name,
        sha256=facts.sha256,
        source=str(delivery.source),
    )
    if delivery.queued:
        enqueue_job(job)
    return Received(file.name, job, declaration)


def _begins_anew(known: Declaration, delivery: Delivery) -> bool:
    """One that failed by our own fault; and a draft that is handed in for good by another door."""
    if known.status == DeclarationStatus.DRAFT and not delivery.is_draft:
        return True
    return bool(known.error.get("code") == JUDGING_FAILED)


def _begin(declaration: Declaration, delivery: Delivery, name: str) -> None:
    """Received and not judged; one that failed by our own fault begins anew."""
    declaration.file_name = name[:255]
    declaration.source = delivery.source
    declaration.uploaded_by = delivery.actor
    declaration.status = (
        DeclarationStatus.DRAFT if delivery.is_draft else DeclarationStatus.RECEIVED
    )
    declaration.verdict, declaration.error, declaration.judged_at = "", {}, None
    declaration.save()


def _known_declaration(delivery: Delivery, workbook_id: int) -> Declaration | None:
    """The declaration these bytes are already; without a supplier, the only one there is."""
    if delivery.supplier is not None:
        own = Declaration.everything.filter(workbook_id=workbook_id, supplier=delivery.supplier)
        return own.first()
    return Declaration.objects.filter(workbook_id=workbook_id).first()


def _receive_member(
    delivery: Delivery, member: ArchiveMember | RejectedMember, owner_of: OwnerOf | None
) -> Received:
    if isinstance(member, RejectedMember):
        return _refused(delivery, member.name, member.code, member.params)
    owner = owner_of(member.filename) if owner_of else None
    if owner is not None:
        delivery = replace(delivery, supplier=owner)
    return _keep(delivery, IncomingFile(member.path, member.filename), member.facts)


def _refused(delivery: Delivery, name: str, code: str, params: dict[str, str]) -> Received:
    """A file that was not let in leaves a job with the reason and nothing else."""
    job = create_job(JobKind.JUDGE, name, owner=delivery.actor, batch=delivery.batch)
    entry = check(code)
    fail_job(job.pk, code, entry.message, dict(params), remedy=entry.remedy)
    job.refresh_from_db()
    return Received(name, job)
