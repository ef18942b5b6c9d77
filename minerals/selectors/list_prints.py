"""The smelter lists of all current declarations in short, for comparing them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from minerals.enums import MatchKind
from minerals.models import Declaration, SmelterLine
from minerals.models import ListPrint as StoredPrint
from minerals.rules.normalise import cid_key, metal_key, normalised
from minerals.rules.over_reporting import NamedCount
from minerals.rules.resemblance import ListPrint
from minerals.selectors.named_smelters import counting, counting_declarations
from suppliers.models import Supplier

# A chain of parent companies that is longer is a mistake of the data.
LONGEST_CHAIN = 10


def print_of(lines: Iterable[SmelterLine]) -> dict[str, object]:
    """The fields of ``minerals.models.ListPrint``; ``lines`` in the order of the file."""
    rows, errors = [], set()
    named: defaultdict[str, set[str]] = defaultdict(set)
    for line in lines:
        metal, text = metal_key(line.metal), normalised(line.typed_name or line.lookup)
        key = row_key(line)
        if key:
            rows.append(key)
        if line.matched_cid:
            named[line.metal].add(cid_key(line.matched_cid))
        if text and _is_own_spelling(line, text):
            errors.add(f"{metal}|{text}"[:200])
    counts = {metal: len(cids) for metal, cids in named.items()}
    return {"rows": rows, "errors": sorted(errors), "counts": counts}


def row_key(line: SmelterLine) -> str:
    """Equal for rows that mean the same smelter; empty for a row that names none."""
    if line.match == MatchKind.NOT_IDENTIFIED:
        return ""
    name = cid_key(line.matched_cid) or normalised(line.typed_name or line.lookup or line.cid_input)
    return f"{metal_key(line.metal)}|{name}"[:200] if name else ""


def is_own_spelling(line: SmelterLine) -> bool:
    """A name that no reference list has, as far as the row tells."""
    text = normalised(line.typed_name or line.lookup)
    return bool(text) and _is_own_spelling(line, text)


def _is_own_spelling(line: SmelterLine, text: str) -> bool:
    if line.match == MatchKind.NOT_IDENTIFIED:
        return False
    if line.decision_id is not None or not line.matched_cid:
        return True
    # Recognised by its ID, whatever name stands beside it.
    typed_beside_id = line.match == MatchKind.CID and bool(line.typed_name)
    return typed_beside_id and text != normalised(line.standard_name)


def all_prints() -> list[ListPrint]:
    """Of the declarations that count, in the order of their arrival; two queries."""
    groups = group_of_each()
    stored = StoredPrint.objects.filter(counting("declaration__"))
    rows = stored.order_by("declaration__received_at", "declaration_id").values_list(
        "declaration_id",
        "declaration__supplier_id",
        "rows",
        "errors",
        "declaration__content_key",
        "declaration__workbook__sha256",
    )
    return [
        ListPrint(key, groups[owner], tuple(own), frozenset(errors), content, sha256)
        for key, owner, own, errors, content, sha256 in rows
    ]


def prints_of(declarations: Iterable[Declaration]) -> dict[int, ListPrint]:
    """By key of the declaration, whether it counts or was superseded; one query."""
    stored = StoredPrint.objects.filter(declaration__in=list(declarations))
    return {
        one.declaration_id: ListPrint(one.declaration_id, 0, tuple(one.rows), frozenset(one.errors))
        for one in stored
    }


def declarations_without_print() -> list[Declaration]:
    return list(counting_declarations().filter(list_print=None))


def group_of_each() -> dict[int, int]:
    """Key of the topmost parent company of each supplier, itself without one; one query."""
    parents = dict(Supplier.objects.order_by().values_list("pk", "parent_id"))
    return {key: _topmost(key, parents) for key in parents}


def _topmost(key: int, parents: Mapping[int, int | None]) -> int:
    for _step in range(LONGEST_CHAIN):
        parent = parents.get(key)
        if parent is None:
            break
        key = parent
    return key


def named_counts() -> list[NamedCount]:
    """How many smelters of each metal each supplier names, once for each of its categories; of two
    declarations that speak of a metal the longer list counts. Two queries."""
    most: defaultdict[tuple[int, str], int] = defaultdict(int)
    stored = StoredPrint.objects.filter(counting("declaration__")).order_by()
    for owner, counts in stored.values_list("declaration__supplier_id", "counts"):
        for metal, count in counts.items():
            most[owner, metal] = max(most[owner, metal], count)
    categories: defaultdict[int, list[int]] = defaultdict(list)
    through = Supplier.categories.through.objects.order_by()
    for owner, category in through.values_list("supplier_id", "category_id"):
        categories[owner].append(category)
    return [
        NamedCount(owner, category, metal, count)
        for (owner, metal), count in most.items()
        for category in categories[owner]
    ]
