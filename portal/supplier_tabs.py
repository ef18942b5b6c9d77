"""The tabs of the page of one supplier: which cards each is composed of.

A card is a selector ``name(actor, supplier)`` and a template that shows its result under that
name. A new card is one line here; a tab without cards is not offered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from portal.selectors.supplier_minerals import declarations_card, findings_card
from portal.selectors.supplier_mitigation import mitigation_card
from portal.selectors.supplier_risk import risk_card
from portal.selectors.timeline import timeline_entries, timeline_lines
from suppliers.models import Supplier
from suppliers.selectors.assessment_card import assessment_card
from suppliers.selectors.contacts_card import contacts_card
from suppliers.selectors.documents_card import documents_card
from suppliers.selectors.facts_card import facts_card, mineral_scope_card
from suppliers.selectors.lifecycle_card import lifecycle_card, qualifications_card
from suppliers.selectors.rating_card import rating_card
from suppliers.selectors.records_card import audits_card, training_card
from suppliers.selectors.sourcing_words import sourcing_line

LATEST = 6


@dataclass(frozen=True, slots=True)
class Card:
    """``template`` shows ``load(actor, supplier)`` under ``name``; ``aside``: in the narrow
    column."""

    template: str
    name: str
    load: Callable[[User, Supplier], Any]
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Tab:
    """``own_page``: the tab has a template of its own besides its cards."""

    code: str
    label: str | Promise
    cards: tuple[Card, ...] = ()
    own_page: bool = False


def latest_events(actor: User, supplier: Supplier) -> Any:
    return timeline_lines(actor, timeline_entries(actor, supplier)[:LATEST])


TABS: tuple[Tab, ...] = (
    Tab(
        "overview",
        _("Overview"),
        (
            Card("suppliers/cards/_sourcing.html", "sourcing_line", sourcing_line),
            Card("suppliers/cards/_lifecycle.html", "lifecycle_card", lifecycle_card),
            Card("suppliers/cards/_facts.html", "facts_card", facts_card),
            Card("suppliers/cards/_rating.html", "rating_card", rating_card),
            Card(
                "suppliers/cards/_assessment.html", "assessment_card", assessment_card, aside=True
            ),
            Card("suppliers/cards/_latest.html", "latest", latest_events, aside=True),
        ),
    ),
    Tab(
        "documents",
        _("Documents"),
        (Card("suppliers/cards/_documents.html", "documents_card", documents_card),),
    ),
    Tab(
        "qualifications",
        _("Qualifications"),
        (Card("suppliers/cards/_qualifications.html", "qualifications_card", qualifications_card),),
    ),
    Tab(
        "minerals",
        _("Minerals"),
        (
            Card("minerals/risk/_card.html", "risk_card", risk_card),
            Card("suppliers/cards/_declarations.html", "declarations_card", declarations_card),
            Card("minerals/mitigation/_card.html", "mitigation_card", mitigation_card),
            Card("suppliers/cards/_mineral_scope.html", "scope_card", mineral_scope_card, True),
        ),
    ),
    Tab("audits", _("Audits"), (Card("suppliers/cards/_records.html", "records", audits_card),)),
    Tab(
        "training",
        _("Training"),
        (Card("suppliers/cards/_records.html", "records", training_card),),
    ),
    Tab(
        "findings",
        pgettext_lazy("of a supplier", "Findings"),
        (Card("suppliers/cards/_findings.html", "findings_card", findings_card),),
    ),
    Tab(
        "contacts",
        _("Contacts"),
        (Card("suppliers/cards/_contacts.html", "contacts_card", contacts_card),),
    ),
    Tab("timeline", _("Timeline"), own_page=True),
)


def offered_tabs() -> list[Tab]:
    return [tab for tab in TABS if tab.cards or tab.own_page]


def chosen_tab(code: str) -> Tab:
    """The first one where the address names none that there is."""
    offered = offered_tabs()
    return next((tab for tab in offered if tab.code == code), offered[0])


def card_context(cards: Iterable[Card], actor: User, supplier: Supplier) -> dict[str, Any]:
    return {card.name: card.load(actor, supplier) for card in cards}
