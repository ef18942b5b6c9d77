"""What a buyer with a scope stores stays where he sees it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from suppliers.rules.problems import Problem


@dataclass(frozen=True, slots=True)
class OwnScope:
    """``countries``: ISO codes; ``categories``: the codes that limit, ``within``: these and all
    below them; empty ones do not limit. ``buyer``: the person's e-mail address, because whom he
    buys from himself is always inside."""

    buyer: str
    countries: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    within: frozenset[str] = frozenset()


def scope_problems(
    scope: OwnScope | None, country: str, categories: Collection[str], buyer: str
) -> list[Problem]:
    """Why the person would not see a supplier with these values; ``scope`` None: sees all."""
    if scope is None or buyer.lower() == scope.buyer.lower():
        return []
    problems = []
    if scope.countries and country not in scope.countries:
        params = {"allowed": ", ".join(scope.countries)}
        problems.append(Problem("country_outside_scope", "country", params))
    if scope.categories and scope.within.isdisjoint(categories):
        params = {"allowed": ", ".join(scope.categories)}
        problems.append(Problem("category_outside_scope", "categories", params))
    return problems
