"""Answers of the sourcing check in words, and where each reason is looked into."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from core.reader import listed
from suppliers.enums import SourcingOutcome, SupplierStatus
from suppliers.models import Supplier
from suppliers.rules.sourcing import Answer, Outcome
from suppliers.rules.sourcing_facts import Reason
from suppliers.selectors.day_words import day_words
from suppliers.selectors.sourcing import answer_of_today

if TYPE_CHECKING:
    from accounts.models import User

TONES: dict[Outcome, tuple[str, str]] = {
    "allowed": ("verified", "circle-check"),
    "with_waiver": ("soon", "alert-triangle"),
    "not_allowed": ("now", "ban"),
}
HEADLINES: dict[Outcome, str] = {
    "allowed": N_("Yes, you may buy from %(name)s"),
    "with_waiver": N_("Yes, but only under a waiver: %(name)s"),
    "not_allowed": N_("No, do not order from %(name)s"),
}
EXTENSION_HEADLINES: dict[Outcome, str] = {
    "allowed": N_("Yes, a new category or site can be asked for: %(name)s"),
    "not_allowed": N_("No, nothing new can be added for %(name)s"),
}
# Where the answer depends on a category or site that the question left open.
WITHIN = N_("Yes, within its qualification: %(name)s")
UNKNOWN = N_("“%(code)s” is no supplier that you can see")
WEIGHT_TONES = {"blocks": "now", "waivable": "now", "supports": "verified", "note": "info"}

WORDS: dict[str, str] = {
    "supplier_unknown": N_("There is no such supplier, or it is outside what you see."),
    "supplier_merged": N_("This record was merged into %(code)s. Ask about that one."),
    "not_registered": N_("The supplier was not on record on that day."),
    "site_unknown": N_("The supplier has no site with the code %(site)s."),
    "site_closed": N_("The site %(site)s is no longer in use."),
    "status_disqualified": N_("Disqualified since %(since)s. A waiver would not change that."),
    "status_not_introduced": N_("Not introduced since %(since)s. A waiver would not change that."),
    "status_phased_out": N_("Phased out since %(since)s. A waiver would not change that."),
    "phase_out_planned": N_("Will be phased out on %(date)s."),
    "status_not_approved": N_("Not approved yet: “%(status)s” since %(since)s."),
    "status_gets_no_more": N_(
        "“%(status)s” since %(since)s: only qualified suppliers get more categories or sites."
    ),
    "status_approved": N_("Approved since %(since)s."),
    "no_qualification": N_("Not qualified for any category."),
    "category_not_qualified": N_("Not qualified for this category."),
    "site_not_qualified": N_("Qualified for this category, but not from this site."),
    "qualification_later": N_("The qualification begins on %(date)s only."),
    "qualification_expired": N_("The qualification expired on %(date)s."),
    "qualification_withdrawn": N_("The qualification was withdrawn on %(since)s."),
    "qualified": N_("Qualified since %(since)s."),
    "qualified_until": N_("Qualified since %(since)s, until %(date)s."),
    "qualified_sites_closed": N_("Qualified only from sites that are closed: %(sites)s."),
    "only_for_categories": N_(
        "Qualified for these categories only: %(names)s. Ask with a category for the exact answer."
    ),
    "only_from_sites": N_(
        "Only from these sites: %(sites)s. Ask with a site for the exact answer."
    ),
    "only_from_sites_of_category": N_(
        "Some categories only from certain sites – %(pairs)s. Ask with a category and a site for "
        "the exact answer."
    ),
    "waiver_only_for_categories": N_(
        "A waiver holds for these categories only: %(names)s. Ask with that category."
    ),
    "limited_no_new_orders": N_("Cooperation limited since %(since)s: no new orders."),
    "limited_no_new_category": N_(
        "Cooperation limited since %(since)s: no new category or site. Orders for what is "
        "qualified stay possible."
    ),
    "limit_overdue": N_("The limitation was planned until %(date)s and has not been lifted yet."),
    "waiver": N_("A waiver holds from %(since)s until %(date)s."),
}
# Said instead where the day is known.
WORDS_WITH_DAY = {"site_closed": N_("The site %(site)s has been closed since %(since)s.")}
ABOUT_CODES = frozenset(
    {"supplier_unknown", "supplier_merged", "not_registered", "site_unknown", "site_closed"}
)


@dataclass(frozen=True, slots=True)
class ReasonLine:
    code: str
    text: str
    tone: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class SourcingLine:
    """“May we buy?” of today in one line; ``url`` opens the full check."""

    outcome: str
    label: str
    tone: str
    icon: str
    reasons: tuple[ReasonLine, ...]
    url: str


def sourcing_line(actor: User, supplier: Supplier) -> SourcingLine | None:
    """None for people outside the company: it is not for them."""
    if not actor.is_internal:
        return None
    answer = answer_of_today(supplier)
    tone, icon = TONES[answer.outcome]
    query = urlencode({"supplier": supplier.code})
    return SourcingLine(
        answer.outcome,
        outcome_label(answer),
        tone,
        icon,
        reason_lines(answer, supplier),
        f"{reverse('suppliers:sourcing-check')}?{query}",
    )


def outcome_label(answer: Answer) -> str:
    if answer.outcome == "allowed" and not answer.is_exact:
        return _("Allowed within its qualification")
    return str(SourcingOutcome(answer.outcome).label)


def headline(answer: Answer, code: str, supplier: Supplier | None, purpose: str) -> str:
    if supplier is None:
        return _(UNKNOWN) % {"code": code}
    if answer.outcome == "allowed" and not answer.is_exact:
        return _(WITHIN) % {"name": supplier.name}
    table = HEADLINES if purpose == "order" else EXTENSION_HEADLINES
    return _(table[answer.outcome]) % {"name": supplier.shown_name}


def reason_lines(answer: Answer, supplier: Supplier | None) -> tuple[ReasonLine, ...]:
    return tuple(
        ReasonLine(
            reason.code,
            reason_text(reason),
            WEIGHT_TONES[reason.weight],
            _url(reason, supplier),
        )
        for reason in answer.reasons
    )


def reason_text(reason: Reason) -> str:
    """One sentence in the language that is active now."""
    facts: dict[str, Any] = {"since": day_words(reason.since)}
    facts |= {name: _shown(name, value) for name, value in reason.params.items()}
    words = WORDS_WITH_DAY if reason.since and reason.code in WORDS_WITH_DAY else WORDS
    return _(words[reason.code]) % facts


def _shown(name: str, value: Any) -> str | Promise:
    if isinstance(value, dt.date):
        return day_words(value)
    if name == "sites":
        return listed(str(value).split(", "))
    return SupplierStatus(value).label if name == "status" else str(value)


def _url(reason: Reason, supplier: Supplier | None) -> str:
    if supplier is None or reason.code in ABOUT_CODES:
        return ""
    page = reverse("suppliers:supplier-detail", args=[supplier.pk])
    about = "qualifications" if "qualif" in reason.code or "sites" in reason.code else "lifecycle"
    return f"{page}#{about}"
