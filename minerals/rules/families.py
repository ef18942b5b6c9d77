"""Which reporting form covers which material."""

from __future__ import annotations

from collections.abc import Iterable

# Tin, tantalum, tungsten, gold (RMI, CMRT); everything else is in the extended template.
CONFLICT_MINERALS = frozenset({"tin", "tantalum", "tungsten", "gold"})
CMRT = frozenset({"CMRT"})
# The cobalt template came before the extended one and still answers for cobalt.
COBALT = frozenset({"EMRT", "CRT"})
EXTENDED = frozenset({"EMRT"})


def forms_needed(materials: Iterable[str]) -> list[frozenset[str]]:
    """For each group of materials the forms of which one is needed.

    ``materials``: lower-case names as in the supplier's scope; none need no form.
    """
    wanted = set(materials)
    needed = []
    if wanted & CONFLICT_MINERALS:
        needed.append(CMRT)
    extended = wanted - CONFLICT_MINERALS
    if extended:
        needed.append(COBALT if extended == {"cobalt"} else EXTENDED)
    return needed
