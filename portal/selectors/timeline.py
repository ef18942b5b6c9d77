"""One stream of everything that happened to a supplier and to what belongs to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.models import ActivityEntry
from minerals.models import Declaration
from minerals.selectors.history import history_line as declaration_line
from suppliers.models import Supplier
from suppliers.selectors.entry_names import names_of
from suppliers.web.history import history_line as supplier_line

SUPPLIER = Supplier._meta.label_lower
DECLARATION = Declaration._meta.label_lower
# Merging a merged one again is rare; a ring is impossible, but nothing may turn for ever.
DEEPEST_MERGE = 5
# The stream names things by key; older declarations keep a page of their own.
DECLARATIONS_AT_MOST = 1000


@dataclass(frozen=True, slots=True)
class Group:
    """A kind of event: the beginnings of its verbs."""

    code: str
    label: str | Promise
    icon: str
    prefixes: tuple[str, ...]


GROUPS = (
    Group(
        "status",
        _("Status and qualification"),
        "shield-check",
        ("lifecycle.", "status.", "approval.", "qualification.", "restriction.", "waiver.",
         "gate.", "sourcing."),
    ),
    Group(
        "documents",
        _("Documents"),
        "file-certificate",
        ("document.", "signature.", "commitment.", "request."),
    ),
    Group(
        "assessment",
        _("Self-assessment and rating"),
        "clipboard-list",
        ("assessment.", "rating.", "questionnaire.", "risk."),
    ),
    Group("declaration", _("Declarations"), "file-spreadsheet",
          ("declaration.", "match.", "correction.", "finding.", "clarification.", "line.",
           "smelter_task.")),
    Group("survey", _("Surveys"), "clipboard-list", ("survey.",)),
    Group("mitigation", _("Mitigation"), "list-check", ("mitigation.",)),
    Group("evidence", _("Evidence"), "paperclip", ("evidence.",)),
    Group(
        "record",
        _("Record and contacts"),
        "building-factory-2",
        ("supplier.", "contact.", "site.", "spend.", "registration.", "minerals.", "import.",
         "merge."),
    ),
)  # fmt: skip
OTHER = Group("other", _("Other events"), "history", ())


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """``detail``: from what to what; ``why``: reason and explanation; ``about`` and ``url``: the
    thing where it is not the supplier itself; ``who`` is empty for the system."""

    at: dt.datetime
    who: str
    what: str
    detail: str
    why: str
    about: str
    url: str
    group: Group


@dataclass(frozen=True, slots=True)
class TimelineWish:
    """What of the stream is asked for; empty values do not narrow it."""

    group: str = ""
    person: str = ""
    since: dt.date | None = None
    until: dt.date | None = None


def timeline_entries(
    actor: User, supplier: Supplier, wish: TimelineWish | None = None
) -> QuerySet[ActivityEntry]:
    """Newest first: about the supplier, the duplicates merged into it, and its declarations."""
    suppliers = [supplier.pk, *merged_keys(supplier)]
    declarations = Declaration.objects.visible_to(actor).filter(supplier__in=suppliers)
    keys = declarations.order_by("-pk").values_list("pk", flat=True)[:DECLARATIONS_AT_MOST]
    about = Q(subject_type=SUPPLIER, subject_id__in=[str(key) for key in suppliers])
    about |= Q(subject_type=DECLARATION, subject_id__in=[str(key) for key in keys])
    found = ActivityEntry.objects.filter(about).select_related("actor").order_by("-at", "-pk")
    return _narrowed(found, wish) if wish else found


def timeline_lines(reader: User, entries: Iterable[ActivityEntry]) -> list[TimelineLine]:
    """In words; a query for each kind of thing that is named, one for merged duplicates."""
    listed = list(entries)
    _leave_out_unseen_parents(reader, listed)
    wanted = {int(entry.subject_id) for entry in listed if entry.subject_type == DECLARATION}
    names = names_of(entry for entry in listed if entry.subject_type == SUPPLIER)
    titles = {row.pk: row for row in Declaration.objects.filter(pk__in=wanted)}
    duplicates = _duplicates(listed)
    return [
        _of_declaration(reader, entry, titles.get(int(entry.subject_id)))
        if entry.subject_type == DECLARATION
        else _of_supplier(entry, names.get(entry.pk, ""), duplicates.get(entry.subject_id))
        for entry in listed
    ]


def _duplicates(entries: Iterable[ActivityEntry]) -> dict[str, Supplier]:
    """Whose entries stand among those of the supplier they were merged into: what happened to a
    duplicate must not read as if it had happened to the record that stays."""
    keys = {int(entry.subject_id) for entry in entries if entry.subject_type == SUPPLIER}
    found = Supplier.objects.filter(pk__in=keys).exclude(merged_into=None)
    return {str(one.pk): one for one in found}


def _leave_out_unseen_parents(reader: User, entries: list[ActivityEntry]) -> None:
    """A change names parent companies by code, also such as the reader does not see (now)."""
    changes = [
        entry.data["changes"]
        for entry in entries
        if entry.subject_type == SUPPLIER and "parent" in (entry.data.get("changes") or ())
    ]
    named = {code for change in changes for code in change["parent"] if code}
    if not named:
        return
    visible = Supplier.objects.visible_to(reader).filter(code__in=named).order_by()
    seen = set(visible.values_list("code", flat=True))
    for change in changes:
        change["parent"] = [code if code in seen else "" for code in change["parent"]]


def people_in(entries: QuerySet[ActivityEntry]) -> list[User]:
    """Who did something, for the choices of the filter."""
    keys = entries.exclude(actor=None).order_by().values("actor").distinct()
    return list(User.objects.filter(pk__in=keys).order_by("name", "email"))


def merged_keys(supplier: Supplier) -> list[int]:
    """Keys of the duplicates that were merged into the supplier, and into those."""
    found: list[int] = []
    level = [supplier.pk]
    for _depth in range(DEEPEST_MERGE):
        duplicates = Supplier.objects.filter(merged_into__in=level)
        level = list(duplicates.order_by("pk").values_list("pk", flat=True))
        if not level:
            break
        found += level
    return found


def group_of(verb: str) -> Group:
    return next((group for group in GROUPS if verb.startswith(group.prefixes)), OTHER)


def _narrowed(entries: QuerySet[ActivityEntry], wish: TimelineWish) -> QuerySet[ActivityEntry]:
    if wish.group:
        entries = entries.filter(_verbs(wish.group))
    if wish.person == "system":
        entries = entries.filter(actor=None)
    elif wish.person:
        entries = entries.filter(actor=int(wish.person))
    if wish.since:
        entries = entries.filter(at__date__gte=wish.since)
    if wish.until:
        entries = entries.filter(at__date__lte=wish.until)
    return entries


def _verbs(code: str) -> Q:
    wanted = Q()
    for group in GROUPS:
        if group.code == code or code == OTHER.code:
            for prefix in group.prefixes:
                wanted |= Q(verb__startswith=prefix)
    return ~wanted if code == OTHER.code else wanted


def _of_supplier(entry: ActivityEntry, name: str, duplicate: Supplier | None) -> TimelineLine:
    line = supplier_line(entry, name)
    about, url = "", ""
    if duplicate is not None:
        about, url = f"{duplicate.code} · {duplicate.name}", duplicate.get_absolute_url()
    group = group_of(entry.verb)
    return TimelineLine(line.at, line.who, line.what, line.detail, line.why, about, url, group)


def _of_declaration(
    reader: User, entry: ActivityEntry, declaration: Declaration | None
) -> TimelineLine:
    line = declaration_line(entry, reader)
    about, url = "", ""
    if declaration is not None:
        about, url = declaration.title, declaration.get_absolute_url()
    group = group_of(entry.verb)
    return TimelineLine(line.at, line.who, line.text, line.detail, "", about, url, group)
