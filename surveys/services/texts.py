"""The own words of a survey's mails, in each language, with a preview."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_noop as N_

from core.errors import DomainError, InvalidInput, NotFound
from core.reader import listed, own_company
from core.services.activity import record_activity
from core.services.outbox import Written
from core.words import words_of
from suppliers.models import Supplier
from suppliers.selectors.day_words import day_words
from surveys import policies
from surveys.enums import CampaignState
from surveys.models import Campaign, CampaignText
from surveys.selectors.campaigns import campaign_for
from surveys.selectors.scope import scope_preview
from surveys.services.letters import PLACEHOLDERS, usual_words, words_for

if TYPE_CHECKING:
    from accounts.models import User

# The mails that have own words; an answer to a question is words of its own.
KINDS = ("invitation", "reminder_1", "reminder_2", "due", "backup", "reminder")
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
MAX_TITLE, MAX_BODY = 200, 8000
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class TextInput:
    """``title`` and ``body`` may hold placeholders (``letters.PLACEHOLDERS``) in braces."""

    title: str
    body: str


@transaction.atomic
def set_text(
    actor: User, campaign_id: int, kind: str, language: str, data: TextInput
) -> CampaignText:
    """Mails that were not sent yet use the new words.

    Errors: survey_not_found, may_not_run_surveys, survey_closed, text_unknown, text_title_missing,
    text_body_missing, words_too_long, placeholder_unknown.
    """
    campaign = _changeable(actor, campaign_id, kind, language)
    title, body = " ".join(data.title.split()), data.body.replace("\r\n", "\n").strip()
    if not title:
        raise InvalidInput("text_title_missing", N_("Write a subject."), field="title")
    if not body:
        raise InvalidInput("text_body_missing", N_("Write the text."), field="body")
    words_of(title, MAX_TITLE, "title")
    words_of(body, MAX_BODY, "body")
    _require_known(title, "title")
    _require_known(body, "body")
    text, _created = CampaignText.objects.update_or_create(
        campaign=campaign, kind=kind, language=language, defaults={"title": title, "body": body}
    )
    record_activity(
        actor, "survey.text_changed", campaign, name=campaign.name, mail=kind, language=language
    )
    return text


def _require_known(text: str, field: str) -> None:
    for name in _PLACEHOLDER.findall(text):
        if name not in PLACEHOLDERS:
            raise InvalidInput(
                "placeholder_unknown",
                N_("{%(name)s} stands for nothing. Known are: %(known)s."),
                {"name": name, "known": ", ".join("{" + one + "}" for one in PLACEHOLDERS)},
                field=field,
            )


@transaction.atomic
def drop_text(actor: User, campaign_id: int, kind: str, language: str) -> None:
    """The usual words again. Errors: survey_not_found, may_not_run_surveys, survey_closed,
    text_unknown."""
    campaign = _changeable(actor, campaign_id, kind, language)
    gone, _by_model = campaign.texts.filter(kind=kind, language=language).delete()
    if gone:
        record_activity(
            actor, "survey.text_dropped", campaign, name=campaign.name, mail=kind, language=language
        )


def _changeable(actor: User, campaign_id: int, kind: str, language: str) -> Campaign:
    campaign = campaign_for(actor, campaign_id, locked=True)
    policies.require_run_surveys(actor)
    if campaign.state == CampaignState.CLOSED:
        raise DomainError("survey_closed", N_("This survey is closed."))
    require_text(kind, language)
    return campaign


def require_text(kind: str, language: str) -> None:
    """Errors: text_unknown."""
    if kind not in KINDS or language not in LANGUAGES:
        raise NotFound("text_unknown", N_("There is no such mail."))


def preview(campaign: Campaign, kind: str, language: str) -> Written:
    """The mail as the first of those asked would get it, in the language."""
    require_text(kind, language)
    with translation.override(language):
        return words_for(f"survey.{kind}", campaign, _example(campaign), {})


def usual(campaign: Campaign, kind: str, language: str) -> TextInput:
    """The usual words with their placeholders, to begin own ones with."""
    with translation.override(language):
        values = {name: "{" + name + "}" for name in PLACEHOLDERS}
        written = usual_words(kind, values)
    return TextInput(written.title, "\n\n".join(written.paragraphs))


def _example(campaign: Campaign) -> dict[str, str]:
    """Values of the first participant; before the start of the first supplier that is chosen."""
    participant = campaign.participants.select_related("supplier", "contact").first()
    person = campaign.contact_person
    if participant is not None:
        supplier: Supplier | None = participant.supplier
        contact = participant.contact
        forms = list(participant.forms.values_list("family", flat=True))
    else:
        found = scope_preview(campaign)
        chosen = next(iter(found.scope.included), None)
        supplier = Supplier.objects.filter(pk=chosen.key).first() if chosen else None
        contact = supplier.contacts.exclude(email="").first() if supplier else None
        forms = list(found.forms.get(chosen.key, ())) if chosen else []
    return {
        "supplier": supplier.shown_name if supplier else "…",
        "person": contact.name if contact else "",
        "company": own_company(),
        "forms": listed(forms or list(campaign.forms.values_list("family", flat=True))),
        "due": day_words(participant.due_on if participant else campaign.due_on),
        "contact": str(person),
        "contact_email": person.email,
        "year": str(campaign.year),
    }
