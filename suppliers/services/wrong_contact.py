"""A contact says: I am not the right person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from core.services.activity import record_activity
from core.services.notifications import notify
from core.words import words_of
from suppliers.models import SupplierContact
from suppliers.policies import commitments as policies
from suppliers.rules.related_data import ContactInput, check_contact
from suppliers.selectors.commitments import contact_of
from suppliers.selectors.known_values import contact_roles, portal_languages
from suppliers.services.problems import refuse
from suppliers.services.signers import our_people
from suppliers.services.told import told_name

if TYPE_CHECKING:
    from accounts.models import User

MAX_WORDS = 1000
NOT_ME = N_("%(person)s is not the right person at %(supplier)s")
NOT_ME_BUT = N_("%(person)s is not the right person at %(supplier)s, but %(other)s is")


@dataclass(frozen=True, slots=True)
class WrongContactInput:
    """Who is right instead, as far as it is known; all may be empty."""

    name: str = ""
    email: str = ""
    words: str = ""


@transaction.atomic
def report_wrong_contact(actor: User, data: WrongContactInput) -> SupplierContact:
    """Buyer and CSR specialists are told; the contact and the access stay until they act.

    Errors: may_not_act_for_supplier, supplier_not_found, words_too_long, and ``InvalidRecord``.
    """
    policies.require_speak_for_company(actor)
    contact = contact_of(actor)
    supplier = contact.supplier
    other, words = _other(data), words_of(data.words, MAX_WORDS, "words")
    record_activity(actor, "supplier.contact_wrong", supplier, name=other, note=words)
    notify(
        our_people(supplier),
        "supplier.contact_wrong",
        NOT_ME_BUT if other else NOT_ME,
        {"person": str(actor), "supplier": told_name(supplier), "other": other},
        url=f"{supplier.get_absolute_url()}?tab=contacts",
        subject=supplier,
        about=supplier,
        is_urgent=True,
    )
    return contact


def _other(data: WrongContactInput) -> str:
    """Name and address in one line, checked as those of a contact are."""
    if not (data.name.strip() or data.email.strip()):
        return ""
    wanted = ContactInput(data.name.strip() or data.email, data.email)
    clean, problems = check_contact(wanted, contact_roles(), portal_languages())
    refuse(problems)
    return " · ".join(dict.fromkeys(part for part in (clean.name, clean.email) if part))
