"""Where a supplier stands: status, next step, conditions, requests, limits, waivers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse

from core import clock
from core.badges import Badge
from suppliers.models import (
    Approval,
    EvidenceFile,
    GateRecord,
    Qualification,
    Restriction,
    StatusChange,
    Supplier,
    Waiver,
)
from suppliers.policies.lifecycle import can_act, can_decide
from suppliers.selectors.approvals import open_approvals
from suppliers.selectors.gate_words import GateLine, for_reader, gate_line
from suppliers.selectors.gates import gates_of
from suppliers.selectors.qualifications import qualification_badge
from suppliers.workflow import Transition, actions_from

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class ActionLine:
    """A step the actor may take. ``blocked_by``: conditions that are not met yet;
    ``is_waiting``: asked for already."""

    code: str
    verb: str
    explains: str
    tone: str
    url: str
    blocked_by: tuple[str, ...] = ()
    is_waiting: bool = False

    @property
    def is_open(self) -> bool:
        return not self.blocked_by and not self.is_waiting


@dataclass(frozen=True, slots=True)
class LifecycleCard:
    """``main``: the step that leads on; ``others``: the rest. Empty lists for readers.
    ``files``: handed in with the last change."""

    supplier: Supplier
    last_change: StatusChange | None
    files: Sequence[EvidenceFile]
    main: ActionLine | None
    others: Sequence[ActionLine]
    gates: Sequence[GateLine]
    approvals: Sequence[tuple[Approval, bool]]
    restrictions: Sequence[Restriction]
    waivers: Sequence[Waiver]
    records: Sequence[GateRecord]
    today: dt.date
    may_act: bool


def lifecycle_card(actor: User, supplier: Supplier) -> LifecycleCard:
    """For a supplier that the actor may see; a constant number of queries."""
    gates = gates_of(supplier)
    approvals = list(open_approvals(supplier))
    is_living = supplier.merged_into_id is None
    steps = [step for step in actions_from(supplier.status) if is_living and can_act(actor, step)]
    # What the next step asks for is marked for readers, too.
    needed = {kind for step in actions_from(supplier.status) for kind in step.gates}
    lines = [gate_line(supplier, gate, is_needed=gate.kind in needed) for gate in gates]
    blocked = {line.kind: line.label for line in lines if line.state in ("unmet", "expired")}
    asked = {approval.kind for approval in approvals}
    actions = [_action(supplier, step, blocked, asked) for step in steps]
    main = next((one for one in actions if one.tone == "primary"), None)
    last_change = _last_change(supplier)
    return LifecycleCard(
        supplier=supplier,
        last_change=last_change,
        files=_files(actor, last_change),
        main=main,
        others=[one for one in actions if one is not main],
        gates=[for_reader(actor, line) for line in lines],
        approvals=[(one, can_decide(actor, one)) for one in approvals],
        restrictions=_restrictions(supplier),
        waivers=_waivers(supplier),
        records=_records(supplier),
        today=clock.today(),
        may_act=is_living and can_act(actor),
    )


def _action(
    supplier: Supplier, step: Transition, blocked: dict[str, str], asked: set[str]
) -> ActionLine:
    return ActionLine(
        step.code,
        str(step.verb),
        str(step.explains),
        step.tone,
        reverse("suppliers:supplier-action", args=[supplier.pk, step.code]),
        tuple(blocked[kind] for kind in step.gates if kind in blocked),
        step.opens is not None and step.opens in asked,
    )


def _last_change(supplier: Supplier) -> StatusChange | None:
    found = StatusChange.objects.filter(supplier=supplier).select_related("actor", "approval")
    return found.order_by("-at", "-pk").first()


def _files(actor: User, change: StatusChange | None) -> list[EvidenceFile]:
    if change is None:
        return []
    return list(EvidenceFile.objects.about(change).visible_to(actor).order_by("pk"))


def _restrictions(supplier: Supplier) -> list[Restriction]:
    """Those that hold until somebody lifts them."""
    return list(supplier.restrictions.not_lifted().order_by("starts_on", "pk"))


def _waivers(supplier: Supplier) -> list[Waiver]:
    """Those that hold or will."""
    today = clock.today()
    lasting = Q(ended_on=None) | Q(ended_on__gt=today)
    found = supplier.waivers.filter(lasting, ends_on__gte=today).select_related("category")
    return list(found.order_by("starts_on", "pk"))


def _records(supplier: Supplier) -> list[GateRecord]:
    found = supplier.gate_records.select_related("recorded_by").order_by("-dated_on", "-pk")
    return list(found[:20])


@dataclass(frozen=True, slots=True)
class QualificationsCard:
    """``rows`` newest state first within a category, with what the state looks like;
    ``may_ask``: for more; ``endable``: the keys of those that can be withdrawn, or sooner than they
    were."""

    supplier: Supplier
    rows: Sequence[tuple[Qualification, Badge]]
    endable: frozenset[int]
    may_act: bool
    may_ask: bool


def qualifications_card(actor: User, supplier: Supplier) -> QualificationsCard:
    found = supplier.qualifications.select_related("category", "site", "approval")
    rows = list(found.order_by("category__path", "site__code", "-created_at", "-pk"))
    today = clock.today()
    may_act = can_act(actor) and supplier.merged_into_id is None
    return QualificationsCard(
        supplier,
        [(row, qualification_badge(row, today)) for row in rows],
        frozenset(row.pk for row in rows if row.can_end_on(today)),
        may_act,
        may_act and supplier.status == "qualified",
    )
