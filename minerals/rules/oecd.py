"""The five steps of the OECD guidance, and which evidence the system keeps of each.

After our standards sheet, section 2.3. Pure: what was found goes in, steps with gaps come out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from minerals.rules.marks import N_


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of evidence. ``gap`` and ``remedy`` are said where it is missing or incomplete; both
    empty: it is shown where there is some, and its absence is no gap."""

    step: int
    label: str
    gap: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """``count`` objects, ``of`` so many that there should be (None: one is enough). ``on``: the
    newest of them. ``url`` opens them, ``detail`` names what they are in one word."""

    code: str
    count: int
    of: int | None = None
    on: dt.date | None = None
    url: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One line of a step. ``is_gap``: needed, and missing or incomplete."""

    found: Found
    kind: Kind
    is_gap: bool


@dataclass(frozen=True, slots=True)
class Step:
    number: int
    title: str
    lines: tuple[Evidence, ...]

    @property
    def gaps(self) -> list[Evidence]:
        return [line for line in self.lines if line.is_gap]


TITLES: Mapping[int, str] = {
    1: N_("Strong management systems"),
    2: N_("Identify and assess risks"),
    3: N_("Respond to the risks"),
    4: N_("Third-party audits at pinch points"),
    5: N_("Report yearly"),
}

SUPPLIER: Mapping[str, Kind] = {
    "scope": Kind(
        1,
        N_("Minerals in scope, with the reason"),
        N_("Nobody has said which minerals are in its goods, or why."),
        N_("Enter the minerals in scope and the reason in the master data."),
    ),
    "documents": Kind(
        1,
        N_("Agreements and declarations signed"),
        N_("Not every document that it must sign is in force."),
        N_("Ask it to sign what is missing."),
    ),
    "contact": Kind(
        1,
        N_("Person responsible for minerals"),
        N_("No contact is responsible for minerals."),
        N_("Ask who is responsible and add that person with this role."),
    ),
    "training": Kind(
        1,
        N_("Training held"),
        N_("No training is on record."),
        N_("Hold a training and record the result."),
    ),
    "declarations": Kind(
        2,
        N_("Declarations in force, kept as they came"),
        N_("No declaration is in force."),
        N_("Ask for the form in its current version."),
    ),
    "accepted": Kind(
        2,
        N_("Declarations reviewed and accepted"),
        N_("Not every declaration in force has been reviewed and accepted."),
        N_("Review it: accept it, ask the supplier, or reject it."),
    ),
    "lines": Kind(
        2,
        N_("Smelter rows read and identified"),
        N_("Some rows of the smelter list are not identified."),
        N_("Decide which smelters are meant, or ask the supplier."),
    ),
    "list": Kind(
        2,
        N_("Smelter list that the rating used"),
        N_("The rating knows no smelter list."),
        N_("Import the current list of RMI."),
    ),
    "countries": Kind(
        2,
        N_("Country lists in force (covered countries and CAHRA)"),
        N_("No country list is in force."),
        N_("Enter the lists with their dates."),
    ),
    "rating": Kind(
        2,
        N_("Risk rated from an accepted declaration"),
        N_("There is no rating that counts."),
        N_("Accept a declaration; the rating follows by itself."),
    ),
    "plan": Kind(
        3,
        N_("Mitigation plan where the risk is medium or high"),
        N_("The risk is medium or high, and there is no plan."),
        N_("Accept the declaration; the plan opens by itself."),
    ),
    "measures": Kind(
        3,
        N_("Measures verified"),
        N_("Not every measure of the running plan is verified."),
        N_("See which are due, and check the evidence handed in."),
    ),
    "rescores": Kind(3, N_("Rated again during a mitigation")),
    "evidence": Kind(3, N_("Files that prove measures")),
    "events": Kind(3, N_("Risk events recorded")),
    "disengaged": Kind(3, N_("Decisions to limit or end the cooperation, with who decided")),
    "assured": Kind(
        4,
        N_("Smelters whose system has been assessed"),
        N_("Not every smelter it names has been assessed."),
        N_("Ask the supplier to move them to RMAP or to replace them."),
    ),
    "certificates": Kind(4, N_("Certificates of smelters handed in, verified and valid")),
    "outreach": Kind(4, N_("Outreach to its smelters")),
    "checks": Kind(
        4,
        N_("Spot checks and audits of the supplier"),
        N_("Nobody has checked or audited it yet."),
        N_("Plan a spot check or an audit and record the result."),
    ),
    "rated_part": Kind(
        5,
        N_("Result told to the CSR rating, which reports count"),
        N_("No minerals result counts in its CSR rating."),
        N_("Accept a declaration; the result follows by itself."),
    ),
}

COMPANY: Mapping[str, Kind] = {
    "policy": Kind(
        1,
        N_("Own documents on conflict minerals, published"),
        N_("No document about conflict minerals is published."),
        N_("Publish the declaration that suppliers sign."),
    ),
    "officers": Kind(
        1,
        N_("People responsible (CSR specialists)"),
        N_("Nobody has the role of a CSR specialist."),
        N_("Give the role to the person responsible."),
    ),
    "suppliers": Kind(
        1,
        N_("Suppliers in scope, with the reason"),
        N_("Suppliers in scope without a reason."),
        N_("Enter why minerals are in scope."),
    ),
    "signed": Kind(
        1,
        N_("Suppliers in scope who have signed the minerals declaration"),
        N_("Not all suppliers in scope have signed it."),
        N_("Send the document to those who have not."),
    ),
    "trained": Kind(
        1,
        N_("Suppliers in scope trained"),
        N_("Suppliers in scope without any training on record."),
        N_("Hold trainings and record the results."),
    ),
    "declared": Kind(
        2,
        N_("Suppliers in scope with a declaration in force"),
        N_("Not all suppliers in scope have handed in a declaration."),
        N_("Ask those who have not."),
    ),
    "reviewed": Kind(
        2,
        N_("Suppliers in scope with an accepted declaration"),
        N_("Declarations wait for their review."),
        N_("Review them; clean ones can be accepted together."),
    ),
    "lists": Kind(
        2,
        N_("Smelter lists imported, each kept unchanged"),
        N_("No smelter list has been imported."),
        N_("Import the current list of RMI."),
    ),
    "countries": SUPPLIER["countries"],
    "policy_version": Kind(
        2,
        N_("Risk policy in force, versioned"),
        N_("No risk policy is in force."),
        N_("Publish one."),
    ),
    "rated": Kind(
        2,
        N_("Suppliers in scope with a rating that counts"),
        N_("Not all suppliers in scope are rated."),
        N_("Accept their declarations; ratings follow by themselves."),
    ),
    "plans": Kind(
        3,
        N_("Suppliers at medium or high risk with a mitigation plan"),
        N_("Suppliers at medium or high risk without a plan."),
        N_("Accept the declaration; the plan opens by itself."),
    ),
    "on_time": Kind(
        3,
        N_("Running plans without an overdue date"),
        N_("Some plans are overdue."),
        N_("Talk to these suppliers, or move a date with a reason."),
    ),
    "closed": Kind(3, N_("Plans closed because the risk is low")),
    "rescores": SUPPLIER["rescores"],
    "removed": Kind(3, N_("Suppliers removed after a mitigation, decided by two people")),
    "smelters": Kind(
        4,
        N_("Smelters named by suppliers whose system has been assessed"),
        N_("Not every smelter named has been assessed."),
        N_("Ask the suppliers concerned, and the smelters themselves."),
    ),
    "certificates": SUPPLIER["certificates"],
    "outreach": Kind(
        4,
        N_("Outreach to smelters"),
        N_("No outreach to a smelter is on record."),
        N_("Write to smelters that are not assessed, and note it on their page."),
    ),
    "checks": Kind(
        4,
        N_("Spot checks and audits of suppliers"),
        N_("No spot check or audit is on record."),
        N_("Plan checks at suppliers with a high risk."),
    ),
    "report": Kind(
        5,
        N_("Yearly report filed"),
        N_("No yearly report on conflict minerals has been filed here."),
        N_("Publish the report; until the system writes it, keep this page's export with it."),
    ),
}


def assemble(kinds: Mapping[str, Kind], found: Iterable[Found]) -> list[Step]:
    """The five steps with their evidence in the order of ``kinds``; what was not looked for is
    nothing found. Raises KeyError for a code that ``kinds`` does not know."""
    known = {one.code: one for one in found}
    unknown = known.keys() - kinds.keys()
    if unknown:
        raise KeyError(", ".join(sorted(unknown)))
    lines = [_line(known.get(code, Found(code, 0)), kind) for code, kind in kinds.items()]
    return [
        Step(number, title, tuple(line for line in lines if line.kind.step == number))
        for number, title in TITLES.items()
    ]


def _line(found: Found, kind: Kind) -> Evidence:
    wanted = 1 if found.of is None else found.of
    return Evidence(found, kind, bool(kind.gap) and found.count < wanted)
