"""Steps that became possible for a buyer's own suppliers: all their conditions are met."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from suppliers.enums import ApprovalState
from suppliers.models import Approval, Supplier
from suppliers.policies.lifecycle import can_act
from suppliers.rules.gates import Gate
from suppliers.selectors.gates import gates_of_each
from suppliers.workflow import TABLE, Transition

if TYPE_CHECKING:
    from accounts.models import User

# What somebody waits for: a step of the introduction that depends on others.
GATED: dict[str, Transition] = {
    state: step
    for step in TABLE
    if step.tone == "primary" and step.way == "done" and step.gates
    for state in step.states
}
# Those that have waited longest; nobody has more suppliers under way at a time.
AT_MOST = 500


@dataclass(frozen=True, slots=True)
class NextStep:
    supplier: Supplier
    step: Transition


def next_steps(actor: User) -> list[NextStep]:
    """Of suppliers that the actor buys from, the longest waiting first; a constant number of
    queries. What somebody asked to end is left out until that is decided."""
    steps = {state: step for state, step in GATED.items() if can_act(actor, step)}
    if not steps:
        return []
    own = Supplier.objects.visible_to(actor).living().filter(buyer=actor, status__in=steps)
    asked = Approval.objects.filter(state=ApprovalState.OPEN).values("supplier")
    suppliers = list(own.exclude(pk__in=asked).order_by("status_since", "pk")[:AT_MOST])
    if not suppliers:
        return []
    gates = gates_of_each(suppliers)
    return [
        NextStep(one, step)
        for one in suppliers
        if _is_free((step := steps[one.status]), gates[one.pk])
    ]


def _is_free(step: Transition, gates: Iterable[Gate]) -> bool:
    return not any(gate.is_open for gate in gates if gate.kind in step.gates)
