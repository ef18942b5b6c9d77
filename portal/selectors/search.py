"""One search over everything: suppliers, declarations, smelters, finding codes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from core.badges import Badge
from core.filters import in_any, words_in
from minerals.filters.declarations import DeclarationFilter
from minerals.models import Declaration, ReferenceEntry
from minerals.policies.declarations import can_view_reference_list
from minerals.rules.catalogue import CATALOGUE
from minerals.selectors.declarations import declarations_for
from minerals.selectors.reference import snapshots_in_force
from minerals.selectors.texts import text_of
from minerals.selectors.verdict_words import verdict_badge
from portal.selectors.totals import owner_name
from suppliers.filters.suppliers import SupplierFilter
from suppliers.models import RegistrationNumber, Supplier
from suppliers.policies import can_view_suppliers
from suppliers.rules.registration import registration_key
from suppliers.selectors.name_search import contacts_named
from suppliers.selectors.suppliers import supplier_rows

SHOWN = 8
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Hit:
    title: str
    url: str
    detail: str = ""
    badge: Badge | None = None


@dataclass(frozen=True, slots=True)
class HitGroup:
    """``more_url`` opens the list with all of them when there are more than shown."""

    label: str
    icon: str
    hits: list[Hit] = field(default_factory=list)
    more_url: str = ""


def search_everything(actor: User, query: str) -> list[HitGroup]:
    """Groups with at least one hit, within what the actor may see. At most nine queries."""
    words = query.strip()
    if len(words) < SHORTEST:
        return []
    groups: list[HitGroup] = []
    if can_view_suppliers(actor):
        groups.append(_suppliers(actor, words))
    groups.append(_declarations(actor, words))
    if can_view_reference_list(actor):
        groups.append(_smelters(words))
    groups.append(_finding_codes(words))
    return [group for group in groups if group.hits]


def _suppliers(actor: User, words: str) -> HitGroup:
    found = _found_suppliers(actor, words)
    why = _why_found(found[:SHOWN], words)
    hits = [
        Hit(
            supplier.shown_name,
            supplier.get_absolute_url(),
            " · ".join(
                part
                for part in (supplier.code, supplier.other_name, why.get(supplier.pk, ""))
                if part
            ),
        )
        for supplier in found[:SHOWN]
    ]
    more = _list("suppliers:supplier-list", words) if len(found) > SHOWN else ""
    return HitGroup(_("Suppliers"), "building-factory-2", hits, more)


def _found_suppliers(actor: User, words: str) -> list[Supplier]:
    """Companies first, then those where somebody of that name works; one more than are shown."""
    rows = supplier_rows(actor)
    found = list(SupplierFilter({"search": words}, rows).qs[: SHOWN + 1])
    if len(found) <= SHOWN:
        known = [supplier.pk for supplier in found]
        people = contacts_named(words).exclude(supplier__in=known).values("supplier_id")
        found += rows.filter(pk__in=people).order_by("code")[: SHOWN + 1 - len(found)]
    return found


def _why_found(suppliers: list[Supplier], words: str) -> dict[int, str]:
    """The contact or the registration number that the words are, by the key of the supplier."""
    keys = [supplier.pk for supplier in suppliers]
    found: dict[int, str] = {}
    for person in contacts_named(words).filter(supplier__in=keys).order_by("-pk"):
        found[person.supplier_id] = person.name or person.email
    for row in RegistrationNumber.objects.filter(supplier__in=keys, key=registration_key(words)):
        found[row.supplier_id] = f"{row.get_kind_display()} {row.number}"
    return found


def _declarations(actor: User, words: str) -> HitGroup:
    filters = DeclarationFilter({"search": words}, declarations_for(actor))
    found: list[Declaration] = list(filters.qs[: SHOWN + 1])
    hits = [
        Hit(
            owner_name(item),
            item.get_absolute_url(),
            f"{item.title} · {item.file_name}",
            verdict_badge(item),
        )
        for item in found[:SHOWN]
    ]
    more = _list("minerals:declaration-list", words) if len(found) > SHOWN else ""
    return HitGroup(_("Declarations"), "file-spreadsheet", hits, more)


def _smelters(words: str) -> HitGroup:
    """One hit per smelter of the lists in force, whichever alias was met."""
    snapshots = {snapshot.pk for snapshot in snapshots_in_force()}
    entries = ReferenceEntry.objects.filter(snapshot__in=snapshots).exclude(cid="")
    for word in words_in(words):
        entries = entries.filter(in_any(word, "name", "standard_name") | Q(cid__iexact=word))
    found = _one_per_smelter(entries.order_by("standard_name", "row")[: SHOWN * 10])
    hits = [
        Hit(
            entry.standard_name or entry.name,
            _in_snapshot(entry),
            " · ".join(part for part in (entry.cid, entry.metal, entry.country) if part),
        )
        for entry in found[:SHOWN]
    ]
    return HitGroup(_("Smelters in the reference list"), "hexagons", hits)


def _one_per_smelter(entries: Iterable[ReferenceEntry]) -> list[ReferenceEntry]:
    by_cid: dict[str, ReferenceEntry] = {}
    for entry in entries:
        by_cid.setdefault(entry.cid, entry)
    return list(by_cid.values())


def _in_snapshot(entry: ReferenceEntry) -> str:
    address = reverse("minerals:snapshot-detail", args=[entry.snapshot_id])
    return f"{address}?{urlencode({'search': entry.cid})}"


def _finding_codes(words: str) -> HitGroup:
    """Codes that contain the words; each opens the declarations in which it was found."""
    wanted = words.casefold().replace(" ", "_")
    codes = [code for code in CATALOGUE if wanted in code]
    hits = [
        Hit(text_of(code, {}).title, _list("minerals:declaration-list", code), code)
        for code in codes[:SHOWN]
    ]
    return HitGroup(_("Finding codes"), "list-check", hits)


def _list(view_name: str, words: str) -> str:
    return f"{reverse(view_name)}?{urlencode({'search': words})}"
