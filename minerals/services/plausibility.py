"""Looking for what is implausible across declarations, and what people make of it. The only writer
of prints and alerts."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import DomainError, InvalidInput
from core.queue import enqueue_after_commit
from core.services.activity import record_activity
from minerals.enums import AlertKind, AlertState
from minerals.models import Declaration, Finding, ListPrint, PlausibilityAlert
from minerals.policies.review import require_review
from minerals.rules.over_reporting import Reported, reported
from minerals.rules.resemblance import Likeness, Pair, closest_earlier, hardly_changed, likeness
from minerals.selectors.list_prints import (
    all_prints,
    declarations_without_print,
    named_counts,
    print_of,
    prints_of,
)
from minerals.selectors.named_smelters import counting, counting_declarations
from minerals.selectors.plausibility import alert_for
from suppliers.models import Supplier

if TYPE_CHECKING:
    from accounts.models import User

LOOK_TASK = "minerals.tasks.plausibility.look_at_declaration"
WHOLE_LIST_CODE = "smelter_list_copies_reference"
# A correction weeks later says the same on purpose; a year later somebody should have asked again.
YEAR_LATER = dt.timedelta(days=270)
LONGEST_NOTE = 2000
DECIDED = (AlertState.EXPLAINED, AlertState.CONFIRMED)


def keep_print(declaration: Declaration) -> None:
    """After its rows were stored, or recognised anew."""
    fields = print_of(declaration.smelters.order_by("row"))
    ListPrint.objects.update_or_create(declaration=declaration, defaults=fields)


def look_later(declaration_id: int) -> None:
    """A file has come in: the worker holds its list against all others."""
    enqueue_after_commit(LOOK_TASK, declaration_id)


def look_at_declaration(declaration_id: int) -> int:
    """One declaration against all others; how many alerts are new. Safe to run twice."""
    declaration = counting_declarations().filter(pk=declaration_id).first()
    if declaration is None:
        return 0
    _fill_prints()
    pairs = closest_earlier(all_prints(), frozenset({declaration.pk}))
    return (
        _tell_pairs(pair for pair in pairs if pair.later == declaration.pk)
        + _tell_unchanged([declaration])
        + _tell_whole_lists([declaration.pk])
        + _tell_over_reported(declaration.supplier_id)
    )


def look_at_all() -> int:
    """Every list against every other one; how many alerts are new. Safe to run twice."""
    _fill_prints()
    declarations = list(counting_declarations())
    return (
        _tell_pairs(closest_earlier(all_prints()))
        + _tell_unchanged(declarations)
        + _tell_whole_lists([one.pk for one in declarations])
        + _tell_over_reported(None)
    )


@dataclass(frozen=True, slots=True)
class DecisionInput:
    """``state``: explained or confirmed; ``note`` says why."""

    state: str
    note: str


@transaction.atomic
def decide_alert(actor: User, alert_id: int, data: DecisionInput) -> PlausibilityAlert:
    """Say what the resemblance or the number is. Errors: may_not_review, alert_not_found,
    alert_decided, alert_note_missing, alert_state_unknown."""
    alert = alert_for(actor, alert_id, locked=True)
    require_review(actor)
    note = data.note.strip()
    if data.state not in DECIDED:
        raise InvalidInput("alert_state_unknown", N_("Choose what it is."), field="state")
    if not note:
        raise InvalidInput("alert_note_missing", N_("Say how you know."), field="note")
    if alert.state != AlertState.OPEN:
        raise DomainError("alert_decided", N_("Somebody has decided this already."))
    alert.state, alert.note = AlertState(data.state), note[:LONGEST_NOTE]
    alert.decided_by, alert.decided_at = actor, clock.now()
    alert.save(update_fields=["state", "note", "decided_by", "decided_at"])
    record_activity(actor, f"plausibility.{alert.state}", alert, note=alert.note)
    return alert


@transaction.atomic
def reopen_alert(actor: User, alert_id: int) -> PlausibilityAlert:
    """Take a decision back. Errors: may_not_review, alert_not_found, alert_open."""
    alert = alert_for(actor, alert_id, locked=True)
    require_review(actor)
    if alert.state == AlertState.OPEN:
        raise DomainError("alert_open", N_("Nobody has decided this."))
    record_activity(actor, "plausibility.reopened", alert, was=alert.state, note=alert.note)
    alert.state, alert.note = AlertState.OPEN, ""
    alert.decided_by = alert.decided_at = None
    alert.save(update_fields=["state", "note", "decided_by", "decided_at"])
    return alert


# --- Finding -------------------------------------------------------------------------------------
def _fill_prints() -> None:
    """For declarations that were judged before there were prints."""
    for declaration in declarations_without_print():
        keep_print(declaration)


def _tell_pairs(pairs: Iterable[Pair]) -> int:
    """Two that both name every smelter there is are alike for that reason, and told of anyway."""
    found = {pair.later: pair for pair in pairs}
    keys = {key for pair in found.values() for key in (pair.later, pair.earlier)}
    findings = Finding.objects.filter(code=WHOLE_LIST_CODE, declaration__in=keys).order_by()
    whole = set(findings.values_list("declaration_id", flat=True))
    found = {key: pair for key, pair in found.items() if not {key, pair.earlier} <= whole}
    return sum(
        _tell(
            declaration,
            AlertKind.SAME_AS_OTHER,
            _measures(found[declaration.pk].likeness),
            found[declaration.pk].earlier,
        )
        for declaration in Declaration.objects.filter(pk__in=found).order_by("pk")
    )


def _measures(found: Likeness) -> dict[str, Any]:
    return {
        "similarity": round(found.similarity, 4),
        "shared": found.shared,
        "only_own": found.only_first,
        "only_other": found.only_second,
        "same_order": round(found.same_order, 4),
        "errors": list(found.shared_errors),
        "same_content": found.same_content,
        "same_file": found.same_file,
    }


def _tell_unchanged(declarations: list[Declaration]) -> int:
    """Against the supplier's own last declaration of the family that is a year older."""
    before = _year_before(declarations)
    prints = prints_of([*declarations, *before.values()])
    told = 0
    for declaration in declarations:
        earlier = before.get(declaration.pk)
        if earlier is None or not {declaration.pk, earlier.pk} <= prints.keys():
            continue
        now, then = prints[declaration.pk], prints[earlier.pk]
        if hardly_changed(now, then):
            measures = _measures(likeness(now, then))
            told += _tell(declaration, AlertKind.SAME_AS_LAST_YEAR, measures, earlier.pk)
    return told


def _year_before(declarations: list[Declaration]) -> dict[int, Declaration]:
    owners = {one.supplier_id for one in declarations}
    judged = Declaration.objects.filter(supplier__in=owners, judged_at__isnull=False)
    older: defaultdict[tuple[int | None, str], list[Declaration]] = defaultdict(list)
    for one in judged.order_by("-received_at", "-pk"):
        older[one.supplier_id, one.family].append(one)
    found = {}
    for declaration in declarations:
        latest = declaration.received_at - YEAR_LATER
        family = older[declaration.supplier_id, declaration.family]
        earlier = next((one for one in family if one.received_at <= latest), None)
        if earlier is not None:
            found[declaration.pk] = earlier
    return found


def _tell_whole_lists(keys: list[int]) -> int:
    """What the judgement of each file found already."""
    metals: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    findings = Finding.objects.filter(code=WHOLE_LIST_CODE, declaration__in=keys)
    for declaration_id, params in findings.order_by("position").values_list(
        "declaration_id", "params"
    ):
        line = {"metal": params["metal"], "count": params["count"], "total": params["total"]}
        metals[declaration_id].append(line)
    return sum(
        _tell(declaration, AlertKind.WHOLE_LIST, {"metals": metals[declaration.pk]})
        for declaration in Declaration.objects.filter(pk__in=metals).order_by("pk")
    )


def _tell_over_reported(supplier_id: int | None) -> int:
    """Of one supplier, or of all: the declaration with the longest list is told of."""
    lines: defaultdict[int, list[Reported]] = defaultdict(list)
    for line in reported(named_counts()):
        if line.is_unusual and supplier_id in (None, line.owner):
            lines[line.owner].append(line)
    told = 0
    for owner, own in lines.items():
        declaration = _longest_list(owner, own[0].metal)
        if declaration is not None:
            told += _tell(declaration, AlertKind.OVER_REPORTED, {"lines": _lines(own)})
    return told


def _lines(found: Iterable[Reported]) -> list[dict[str, Any]]:
    return [
        {
            "category": one.category,
            "metal": one.metal,
            "count": one.count,
            "median": one.median,
            "peers": one.peers,
        }
        for one in found
    ]


def _longest_list(supplier_id: int, metal: str) -> Declaration | None:
    prints = ListPrint.objects.filter(counting("declaration__"), declaration__supplier=supplier_id)
    found = [one for one in prints.select_related("declaration") if one.counts.get(metal)]
    longest = max(found, key=lambda one: (one.counts[metal], one.pk), default=None)
    return longest.declaration if longest else None


@transaction.atomic
def _tell(
    declaration: Declaration,
    kind: AlertKind,
    measures: Mapping[str, Any],
    other_id: int | None = None,
) -> int:
    """Once for a declaration and kind, whatever was decided about it; 1 for a new one."""
    assert declaration.supplier_id is not None
    Supplier.objects.select_for_update(no_key=True).get(pk=declaration.supplier_id)
    alert, is_new = PlausibilityAlert.objects.get_or_create(
        declaration=declaration,
        kind=kind,
        defaults={
            "supplier_id": declaration.supplier_id,
            "other_id": other_id,
            "measures": measures,
        },
    )
    if is_new:
        record_activity(None, "plausibility.found", alert, kind=kind)
    return int(is_new)
