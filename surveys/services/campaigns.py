"""Preparing a survey: what it asks, of whom, in which words; and whom by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop as N_

from core.currencies import CURRENCIES
from core.errors import DomainError, InvalidInput
from core.services.activity import record_activity
from core.words import reason_of
from minerals.enums import Family
from suppliers.selectors.suppliers import supplier_for
from surveys import policies
from surveys.enums import AnswerScope, CampaignState, MailLanguage, ScopeMethod
from surveys.models import AskedForm, Campaign, ScopeChoice
from surveys.selectors.campaigns import campaign_for

if TYPE_CHECKING:
    from accounts.models import User

LONGEST = dt.timedelta(days=366)
FIELDS = (
    "name", "year", "counts_from", "due_on", "answer_scope", "contact_person", "manager",
    "scope_method", "spend_year", "currency", "rates", "share", "threshold", "with_high_risk",
    "with_new", "with_single_source", "mail_language",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CampaignInput:
    """``forms``: family and oldest version. ``share``: in percent. ``rates``: by currency, what one
    unit of it is worth in ``currency``. ``amrt_minerals``: which of the AMRT's minerals are asked
    for, in words. ``days_off``: further days without reminders."""

    name: str
    year: int
    counts_from: dt.date
    due_on: dt.date
    forms: Sequence[tuple[str, str]]
    contact_person: User
    spend_year: int
    manager: User | None = None
    answer_scope: str = AnswerScope.PRODUCT
    scope_method: str = ScopeMethod.COVERAGE
    currency: str = "CNY"
    rates: Mapping[str, str] = field(default_factory=dict)
    share: Decimal = Decimal(95)
    threshold: Decimal = Decimal(0)
    with_high_risk: bool = True
    with_new: bool = True
    with_single_source: bool = True
    mail_language: str = MailLanguage.READER
    amrt_minerals: str = ""
    days_off: Sequence[dt.date] = ()


@transaction.atomic
def create_campaign(actor: User, data: CampaignInput) -> Campaign:
    """Errors: may_not_run_surveys, survey_name_missing, survey_name_taken, survey_dates_wrong,
    survey_forms_missing, share_wrong, threshold_wrong, currency_unknown, contact_person_wrong."""
    policies.require_run_surveys(actor)
    campaign = Campaign(created_by=actor)
    _write(campaign, data)
    record_activity(actor, "survey.created", campaign, name=campaign.name)
    return campaign


@transaction.atomic
def change_campaign(actor: User, campaign_id: int, data: CampaignInput) -> Campaign:
    """While it is being prepared. Errors: also survey_not_found, survey_started."""
    campaign = prepared_campaign(actor, campaign_id)
    _write(campaign, data)
    record_activity(actor, "survey.changed", campaign, name=campaign.name)
    return campaign


@transaction.atomic
def delete_campaign(actor: User, campaign_id: int) -> None:
    """One that never started. Errors: survey_not_found, may_not_run_surveys, survey_started."""
    campaign = prepared_campaign(actor, campaign_id)
    record_activity(actor, "survey.deleted", campaign, name=campaign.name)
    campaign.delete()


@transaction.atomic
def choose_supplier(
    actor: User, campaign_id: int, supplier_id: int, *, is_included: bool, reason: str
) -> ScopeChoice:
    """Ask a supplier, or not, whatever the rules say. Errors: survey_not_found, survey_started,
    may_not_run_surveys, supplier_not_found, reason_missing."""
    campaign = prepared_campaign(actor, campaign_id)
    supplier = supplier_for(actor, supplier_id)
    words = reason_of(reason)
    choice, _created = ScopeChoice.objects.update_or_create(
        campaign=campaign,
        supplier=supplier,
        defaults={"is_included": is_included, "reason": words, "chosen_by": actor},
    )
    record_activity(
        actor,
        "survey.chosen",
        campaign,
        supplier=supplier.code,
        name=supplier.name,
        included=is_included,
        note=choice.reason,
    )
    return choice


@transaction.atomic
def drop_choice(actor: User, campaign_id: int, supplier_id: int) -> None:
    """The rules decide again. Errors: survey_not_found, survey_started, may_not_run_surveys."""
    campaign = prepared_campaign(actor, campaign_id)
    found = ScopeChoice.objects.filter(campaign=campaign, supplier=supplier_id)
    for choice in found.select_related("supplier"):
        record_activity(actor, "survey.choice_dropped", campaign, supplier=choice.supplier.code)
        choice.delete()


def prepared_campaign(actor: User, campaign_id: int) -> Campaign:
    """Locked, to be changed. Errors: survey_not_found, may_not_run_surveys, survey_started."""
    campaign = campaign_for(actor, campaign_id, locked=True)
    policies.require_run_surveys(actor)
    if campaign.state != CampaignState.DRAFT:
        raise DomainError(
            "survey_started", N_("This survey has started; what it asks and of whom is fixed.")
        )
    return campaign


def _write(campaign: Campaign, data: CampaignInput) -> None:
    _check(data)
    for name in FIELDS:
        setattr(campaign, name, getattr(data, name))
    campaign.name = " ".join(data.name.split())[:120]
    campaign.days_off = sorted(day.isoformat() for day in set(data.days_off))
    campaign.rates = {code.upper(): str(rate) for code, rate in data.rates.items()}
    try:
        with transaction.atomic():
            campaign.save()
    except IntegrityError:
        raise InvalidInput(
            "survey_name_taken", N_("There is a survey of this name and year."), field="name"
        ) from None
    campaign.forms.all().delete()
    minerals = " ".join(data.amrt_minerals.split())[:255]
    AskedForm.objects.bulk_create(
        AskedForm(
            campaign=campaign,
            family=family,
            minimum_version=version,
            minerals=minerals if family == Family.AMRT else "",
        )
        for family, version in dict(data.forms).items()
    )


def _check(data: CampaignInput) -> None:
    if not data.name.strip():
        raise InvalidInput("survey_name_missing", N_("Give the survey a name."), field="name")
    if not data.counts_from <= data.due_on <= data.counts_from + LONGEST:
        raise InvalidInput(
            "survey_dates_wrong",
            N_("The due date lies after the first day that counts, within a year."),
            field="due_on",
        )
    families = [family for family, _version in data.forms]
    if not families or not set(families) <= set(Family.values):
        raise InvalidInput("survey_forms_missing", N_("Choose at least one form."), field="forms")
    if data.scope_method == ScopeMethod.COVERAGE and not 0 < data.share <= 100:
        raise InvalidInput(
            "share_wrong", N_("The share lies above 0 and at most at 100 percent."), field="share"
        )
    if data.threshold < 0:
        raise InvalidInput("threshold_wrong", N_("The amount is not negative."), field="threshold")
    if {data.currency, *(code.upper() for code in data.rates)} - CURRENCIES:
        raise InvalidInput(
            "currency_unknown",
            N_("This is no currency code of ISO 4217, such as CNY or USD."),
            field="currency",
        )
    if not data.contact_person.is_internal or not data.contact_person.is_active:
        raise InvalidInput(
            "contact_person_wrong",
            N_("The contact person is one of our own people."),
            field="contact_person",
        )
