"""Suppliers keep their own data: they ask for changes, the buyer approves or declines them.

Approving does exactly what changing the record by hand does, by the same service.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import DomainError, NotFound
from core.services.activity import record_activity
from core.services.notifications import notify, settle_about
from core.words import reason_of, words_of
from suppliers import policies
from suppliers.enums import DataChangeKind, DataChangeState
from suppliers.models import DataChange, Supplier, SupplierContact
from suppliers.policies.commitments import require_speak_for_company
from suppliers.rules.related_data import ContactInput, check_contact
from suppliers.selectors.commitments import contact_of
from suppliers.selectors.known_values import contact_roles, portal_languages
from suppliers.selectors.links import input_of
from suppliers.services.contacts import remove_contact, save_contact
from suppliers.services.problems import refuse
from suppliers.services.signers import our_people
from suppliers.services.suppliers import require_alive, update_supplier, validated
from suppliers.services.told import told_name

if TYPE_CHECKING:
    from accounts.models import User

COMPANY_FIELDS = ("name", "local_name", "region", "city", "address")
CONTACT_FIELDS = ("name", "email", "phone", "title", "role", "language")
MAX_WORDS = 1000
MAX_OPEN = 20
ASKED = N_("%(supplier)s wants its data changed: please look at it.")
APPROVED = N_("Your change was taken over.")
DECLINED = N_("Your change was not taken over: %(reason)s")


@transaction.atomic
def propose_company(actor: User, values: dict[str, str], note: str = "") -> DataChange:
    """Ask for other company data; only what differs counts.

    Errors: may_not_act_for_supplier, supplier_not_found, nothing_changed, words_too_long,
    too_many_changes, and ``InvalidRecord``.
    """
    supplier = _own(actor)
    current = {name: getattr(supplier, name) for name in COMPANY_FIELDS}
    wanted: dict[str, Any] = {
        name: " ".join(values.get(name, "").split()) for name in COMPANY_FIELDS
    }
    validated(None, replace(input_of(supplier), **wanted), current=supplier)
    return _propose(actor, supplier, DataChangeKind.COMPANY, None, current, wanted, note)


@transaction.atomic
def propose_company_fields(actor: User, values: dict[str, str], note: str = "") -> DataChange:
    """The same for some fields only; the others stay. Errors: as ``propose_company``."""
    supplier = _own(actor)
    known = {name: getattr(supplier, name) for name in COMPANY_FIELDS}
    return propose_company(actor, {**known, **values}, note)


@transaction.atomic
def propose_contact(
    actor: User, data: ContactInput, contact_id: int | None = None, note: str = ""
) -> DataChange:
    """Ask for a new person, or for other data of one. Errors: also contact_not_found."""
    supplier = _own(actor)
    contact = _contact(supplier, contact_id) if contact_id is not None else None
    clean, problems = check_contact(data, contact_roles(), portal_languages())
    refuse(problems)
    current = {name: getattr(contact, name) for name in CONTACT_FIELDS} if contact else {}
    wanted = {name: str(getattr(clean, name)) for name in CONTACT_FIELDS}
    kind = DataChangeKind.CONTACT if contact else DataChangeKind.NEW_CONTACT
    return _propose(actor, supplier, kind, contact, current, wanted, note)


@transaction.atomic
def propose_contact_gone(actor: User, contact_id: int, note: str = "") -> DataChange:
    """Tell that a person has left. Errors: also contact_not_found."""
    supplier = _own(actor)
    contact = _contact(supplier, contact_id)
    current = {"name": contact.name, "email": contact.email}
    return _propose(actor, supplier, DataChangeKind.CONTACT_GONE, contact, current, {}, note)


def _propose(
    actor: User,
    supplier: Supplier,
    kind: str,
    contact: SupplierContact | None,
    current: dict[str, str],
    wanted: dict[str, str],
    note: str,
) -> DataChange:
    changed = {name: value for name, value in wanted.items() if value != current.get(name, "")}
    if wanted and not changed:
        raise DomainError("nothing_changed", N_("Nothing differs from what we have."))
    words = words_of(note, MAX_WORDS, "note")
    if supplier.data_changes.filter(state=DataChangeState.OPEN).count() >= MAX_OPEN:
        raise DomainError(
            "too_many_changes", N_("Many of your changes still wait. Please call your buyer.")
        )
    _replace_former(supplier, kind, contact)
    made = DataChange.objects.create(
        supplier=supplier,
        kind=kind,
        contact=contact,
        values=changed,
        before={name: current.get(name, "") for name in changed} if wanted else current,
        note=words,
        asked_by=actor,
    )
    record_activity(actor, "supplier.change_asked", supplier, kind=kind, change=made.pk)
    notify(
        our_people(supplier),
        "supplier.change_asked",
        ASKED,
        {"supplier": told_name(supplier)},
        url=made.get_absolute_url(),
        subject=made,
        about=supplier,
    )
    return made


def _replace_former(supplier: Supplier, kind: str, contact: SupplierContact | None) -> None:
    """What is asked last about one thing counts; several new persons are several things."""
    if kind == DataChangeKind.NEW_CONTACT:
        return
    about = supplier.data_changes.filter(state=DataChangeState.OPEN, contact=contact)
    if kind == DataChangeKind.COMPANY:
        about = about.filter(kind=kind)
    for former in about:
        _close(former, DataChangeState.WITHDRAWN, None)


@transaction.atomic
def withdraw_change(actor: User, change_id: int) -> DataChange:
    """Errors: may_not_act_for_supplier, change_not_found, change_not_open."""
    supplier = _own(actor)
    change = _held(supplier.data_changes.filter(pk=change_id).first())
    _close(change, DataChangeState.WITHDRAWN, actor)
    record_activity(actor, "supplier.change_withdrawn", supplier, change=change.pk)
    return change


@transaction.atomic
def approve_change(actor: User, change_id: int) -> DataChange:
    """Take it over into the record.

    Errors: may_not_manage_suppliers, change_not_found, change_not_open, contact_not_found, and
    those of changing the record by hand.
    """
    change = _seen(actor, change_id)
    supplier = change.supplier
    if change.kind == DataChangeKind.COMPANY:
        update_supplier(actor, supplier.pk, replace(input_of(supplier), **change.values))
    elif change.kind == DataChangeKind.NEW_CONTACT:
        save_contact(actor, supplier.pk, ContactInput(**change.values))
    else:
        _change_contact(actor, change)
    _close(change, DataChangeState.APPROVED, actor)
    record_activity(actor, "supplier.change_approved", supplier, change=change.pk)
    _tell(change, "supplier.change_approved", APPROVED, {})
    return change


def _change_contact(actor: User, change: DataChange) -> None:
    contact = change.contact
    if contact is None:
        raise NotFound("contact_not_found", N_("This person does not speak for the supplier."))
    if change.kind == DataChangeKind.CONTACT_GONE:
        change.contact = None
        remove_contact(actor, change.supplier_id, contact.pk)
        return
    known = {name: getattr(contact, name) for name in asdict(ContactInput(""))}
    save_contact(actor, change.supplier_id, ContactInput(**{**known, **change.values}), contact.pk)


@transaction.atomic
def decline_change(actor: User, change_id: int, reason: str) -> DataChange:
    """Errors: may_not_manage_suppliers, change_not_found, change_not_open, reason_missing."""
    change = _seen(actor, change_id)
    words = reason_of(reason)
    change.reason = words
    _close(change, DataChangeState.DECLINED, actor)
    record_activity(
        actor, "supplier.change_declined", change.supplier, change=change.pk, note=words
    )
    _tell(change, "supplier.change_declined", DECLINED, {"reason": words[:150]})
    return change


def _tell(change: DataChange, kind: str, message: str, params: dict[str, Any]) -> None:
    notify(
        [change.asked_by],
        kind,
        message,
        params,
        url=reverse("suppliers:own-data"),
        subject=change,
        about=change.supplier,
    )


def _close(change: DataChange, state: str, actor: User | None) -> None:
    change.state, change.decided_by, change.decided_at = state, actor, clock.now()
    change.save()
    settle_about(change, "supplier.change_asked")


def _own(actor: User) -> Supplier:
    require_speak_for_company(actor)
    supplier = Supplier.objects.select_for_update().get(pk=contact_of(actor).supplier_id)
    require_alive(supplier)
    return supplier


def _contact(supplier: Supplier, contact_id: int) -> SupplierContact:
    found = supplier.contacts.filter(pk=contact_id).first()
    if found is None:
        raise NotFound("contact_not_found", N_("This person does not speak for the supplier."))
    return found


def _seen(actor: User, change_id: int) -> DataChange:
    rows = DataChange.objects.visible_to(actor).select_related("supplier", "contact", "asked_by")
    found = rows.filter(pk=change_id).first()
    if found is None:
        raise _unknown()
    policies.require_manage_suppliers(actor)
    # Locked in the order of the services that follow.
    Supplier.objects.select_for_update().get(pk=found.supplier_id)
    found.refresh_from_db()
    return _held(found)


def _held(change: DataChange | None) -> DataChange:
    if change is None:
        raise _unknown()
    if not change.is_open:
        raise DomainError("change_not_open", N_("This change was decided already."))
    return change


def _unknown() -> NotFound:
    return NotFound("change_not_found", N_("There is no such change."))
