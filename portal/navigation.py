"""The left rail: what a person can go to. Data only; a page joins by adding its entry here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.policies import can_manage_users
from core.mail_folder import has_mail_folder
from minerals.policies.declarations import can_view_reference_list
from minerals.policies.lists import can_view_lists
from minerals.policies.mitigation import can_view_all_mitigations
from minerals.policies.review import can_see_review
from minerals.policies.risk import can_view_risk
from minerals.policies.smelters import can_view_all_tasks, can_view_smelters
from surveys.policies import can_view_surveys

Person = User | AnonymousUser
Predicate = Callable[[User], bool]


def internal(person: User) -> bool:
    """The rail is for the company's own people; suppliers have pages without one."""
    return person.is_internal


def sees_mail_folder(person: User) -> bool:
    """Where nothing is really sent, people read what would have been."""
    return person.is_internal and has_mail_folder()


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the rail. ``views`` are beginnings of view names that belong to it.

    ``key`` is the letter that goes there after "g", the same in every language.
    """

    label: str | Promise
    icon: str
    url_name: str
    views: tuple[str, ...]
    allowed: Predicate = internal
    key: str = ""
    children: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as shown to one person on one page; ``here`` marks where they are."""

    label: str
    icon: str
    url: str
    here: bool
    key: str = ""
    children: tuple[Link, ...] = ()


ENTRIES: tuple[Entry, ...] = (
    Entry(pgettext_lazy("navigation", "Home"), "home", "portal:home", ("portal:home",), key="h"),
    Entry(
        _("Suppliers"),
        "building-factory-2",
        "suppliers:supplier-list",
        ("suppliers:",),
        children=(
            Entry(
                _("All suppliers"),
                "list",
                "suppliers:supplier-list",
                (
                    "suppliers:supplier",
                    "suppliers:contact",
                    "suppliers:site",
                    "suppliers:rating",
                    "suppliers:qualification-request",
                    "suppliers:qualification-withdraw",
                    "suppliers:view",
                ),
                key="s",
            ),
            Entry(
                _("Sourcing check"),
                "shield-check",
                "suppliers:sourcing-check",
                ("suppliers:sourcing",),
                key="b",
            ),
            Entry(
                _("Approvals"),
                "gavel",
                "suppliers:approval-list",
                ("suppliers:approval",),
                key="a",
            ),
            Entry(
                _("Qualifications"),
                "certificate",
                "suppliers:qualification-list",
                ("suppliers:qualification-list", "suppliers:qualification-export"),
                key="v",
            ),
            Entry(
                _("Documents"),
                "file-certificate",
                "suppliers:commitment-matrix",
                ("suppliers:commitment", "suppliers:document", "suppliers:signature"),
                key="c",
            ),
            Entry(
                _("Self-assessments"),
                "clipboard-list",
                "suppliers:assessment-list",
                ("suppliers:assessment", "suppliers:questionnaire"),
                key="q",
            ),
            Entry(
                _("Imports"),
                "database-import",
                "suppliers:import-list",
                ("suppliers:import",),
                key="i",
            ),
        ),
    ),
    Entry(
        _("Minerals"),
        "hexagons",
        "minerals:declaration-list",
        ("minerals:", "surveys:"),
        children=(
            Entry(
                _("Declarations"),
                "file-spreadsheet",
                "minerals:declaration-list",
                ("minerals:declaration", "minerals:upload"),
                key="d",
            ),
            Entry(
                _("Surveys"),
                "send",
                "surveys:campaign-list",
                ("surveys:",),
                can_view_surveys,
                key="y",
            ),
            Entry(
                _("Smelters"),
                "building-factory-2",
                "minerals:smelter-list",
                ("minerals:smelter",),
                can_view_smelters,
                key="e",
            ),
            Entry(
                _("Smelter tasks"),
                "list-check",
                "minerals:task-list",
                ("minerals:task",),
                can_view_all_tasks,
                key="t",
            ),
            Entry(
                _("Mines"),
                "mountain",
                "minerals:mine-list",
                ("minerals:mine",),
                can_view_smelters,
                key="n",
            ),
            Entry(
                _("Mitigation"),
                "list-check",
                "minerals:mitigation-list",
                ("minerals:mitigation", "minerals:measure", "minerals:oecd"),
                can_view_all_mitigations,
                key="p",
            ),
            Entry(
                pgettext_lazy("navigation", "Risk"),
                "scale",
                "minerals:risk-list",
                ("minerals:risk", "minerals:policy", "minerals:country"),
                can_view_risk,
                key="k",
            ),
            Entry(
                _("Questions to suppliers"),
                "message-circle",
                "minerals:clarification-list",
                ("minerals:clarification", "minerals:questions"),
                can_see_review,
            ),
            Entry(
                pgettext_lazy("navigation", "Plausibility"),
                "files",
                "minerals:alert-list",
                ("minerals:alert", "minerals:over-reporting"),
                can_see_review,
            ),
            Entry(
                _("Smelter lists"),
                "list-details",
                "minerals:list-list",
                ("minerals:list", "minerals:status-word"),
                can_view_lists,
                key="l",
            ),
            Entry(
                _("Reference list"),
                "database",
                "minerals:snapshot-list",
                ("minerals:snapshot", "minerals:template"),
                can_view_reference_list,
                key="r",
            ),
            Entry(
                _("Match decisions"),
                "checks",
                "minerals:decision-list",
                ("minerals:decision", "minerals:match"),
                can_view_reference_list,
                key="m",
            ),
        ),
    ),
    Entry(
        _("Mail folder"),
        "mail",
        "portal:mail-list",
        ("portal:mail",),
        allowed=sees_mail_folder,
    ),
    Entry(
        _("Settings"),
        "settings",
        "portal:settings",
        ("portal:settings", "suppliers:category", "suppliers:risk", "suppliers:scope"),
        allowed=can_manage_users,
    ),
)


def navigation(request: HttpRequest) -> list[Link]:
    """The rail for the person of this request, without entries they may not open."""
    match = request.resolver_match
    view_name = match.view_name if match else ""
    links = [_link(entry, request.user, view_name) for entry in ENTRIES]
    return _one_place([link for link in links if link])


def _link(entry: Entry, person: Person, view_name: str) -> Link | None:
    url = _address(entry.url_name)
    if not url or not isinstance(person, User) or not entry.allowed(person):
        return None
    shown = (_link(child, person, view_name) for child in entry.children)
    return Link(
        label=str(entry.label),
        icon=entry.icon,
        url=url,
        here=bool(view_name) and view_name.startswith(entry.views),
        key=entry.key,
        children=tuple(child for child in shown if child),
    )


def _address(url_name: str) -> str:
    """Empty for a page that this installation does not have."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def _one_place(links: list[Link]) -> list[Link]:
    """A person is in one place: of several matching entries the last, most special one."""
    places = [link for link in links if link.here]
    return [replace(link, here=link is places[-1]) if places else link for link in links]
