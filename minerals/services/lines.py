"""The rows below a declaration: answers, products, mines, smelters, findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from minerals.enums import DecisionKind, FindingSeverity
from minerals.models import (
    AnswerLine,
    Declaration,
    Finding,
    MatchDecision,
    MineLine,
    ProductLine,
    SmelterLine,
)
from minerals.rules.declaration import Declaration as ReadDeclaration
from minerals.rules.declaration import ResolvedSmelter, SmelterRow
from minerals.rules.judgement import SmelterMatch
from minerals.rules.matching import DecisionKey, decision_key
from minerals.selectors.review import key_of
from minerals.selectors.risk_facts import ACCEPTED
from minerals.services.judgement import Judgement

BATCH = 500
MATCH_FIELDS = ("match", "matched_cid", "decision_id", "suggestions")


def replace_content(declaration: Declaration, found: ReadDeclaration) -> None:
    """Answers, products and mines as read."""
    for model in (AnswerLine, ProductLine, MineLine):
        model._default_manager.filter(declaration=declaration).delete()
    AnswerLine.objects.bulk_create(_answers(declaration, found), BATCH)
    ProductLine.objects.bulk_create(_products(declaration, found), BATCH)
    MineLine.objects.bulk_create(_mines(declaration, found), BATCH)


def replace_smelters(
    declaration: Declaration, found: ReadDeclaration, matches: Sequence[SmelterMatch]
) -> None:
    SmelterLine.objects.filter(declaration=declaration).delete()
    SmelterLine.objects.bulk_create(_smelters(declaration, found, matches), BATCH)


def update_smelters(
    declaration: Declaration, found: ReadDeclaration, matches: Sequence[SmelterMatch]
) -> None:
    """Write only how the rows are recognised; they keep their keys for whoever looks at them."""
    known = {line.row: line for line in SmelterLine.objects.filter(declaration=declaration)}
    changed: list[SmelterLine] = []
    for fresh in _smelters(declaration, found, matches):
        line = known[fresh.row]
        if any(getattr(line, name) != getattr(fresh, name) for name in MATCH_FIELDS):
            for name in MATCH_FIELDS:
                setattr(line, name, getattr(fresh, name))
            changed.append(line)
    SmelterLine.objects.bulk_update(
        changed, [name.removesuffix("_id") for name in MATCH_FIELDS], BATCH
    )


def finding_rows(declaration: Declaration, judgement: Judgement) -> list[Finding]:
    """Open Checker rows first, then our findings in the order of the rules; not stored yet."""
    rows = [
        Finding(
            declaration=declaration,
            code=item.code,
            severity=FindingSeverity.ERROR if item.counted else FindingSeverity.WARNING,
            cell=item.cell,
            params=dict(item.params),
            checker_row=item.checker_row,
            counted=item.counted,
        )
        for item in judgement.open_items
    ]
    rows += [
        Finding(
            declaration=declaration,
            code=finding.code,
            severity=finding.severity,
            cell=finding.cell[:60],
            params=finding.params,
        )
        for finding in judgement.findings
    ]
    for position, row in enumerate(rows):
        row.position = position
    return rows


def replace_findings(declaration: Declaration, judgement: Judgement) -> None:
    """Once a declaration is accepted, what was not among its findings before is new."""
    rows = finding_rows(declaration, judgement)
    known = _new_by_key(declaration) if declaration.review in ACCEPTED else None
    for row in rows:
        row.is_new = known is not None and known.get(key_of(row), True)
    Finding.objects.filter(declaration=declaration).delete()
    Finding.objects.bulk_create(rows, BATCH)


def _new_by_key(declaration: Declaration) -> dict[str, bool]:
    """The findings there are, and which of them came after the acceptance."""
    return {key_of(row): row.is_new for row in Finding.objects.filter(declaration=declaration)}


def _answers(declaration: Declaration, found: ReadDeclaration) -> Iterable[AnswerLine]:
    for position, answer in enumerate((*found.answers, *found.company_answers)):
        yield AnswerLine(
            declaration=declaration,
            position=position,
            question=answer.question,
            mineral=(answer.mineral or "")[:100],
            value=answer.value,
            comment=answer.comment.text,
            cell=answer.entry.cell,
        )


def _products(declaration: Declaration, found: ReadDeclaration) -> Iterable[ProductLine]:
    for product in found.products:
        yield ProductLine(
            declaration=declaration,
            row=product.row,
            number=product.number,
            name=product.name,
            requester_number=product.requester_number,
            requester_name=product.requester_name,
            comments=product.comments,
        )


def _mines(declaration: Declaration, found: ReadDeclaration) -> Iterable[MineLine]:
    for mine in found.mines:
        yield MineLine(
            declaration=declaration,
            row=mine.row,
            metal=mine.metal,
            smelter=mine.smelter,
            name=mine.name,
            mine_id=mine.mine_id,
            country=mine.country,
            city=mine.city,
            state=mine.state,
            comments=mine.comments,
        )


def _smelters(
    declaration: Declaration, found: ReadDeclaration, matches: Sequence[SmelterMatch]
) -> list[SmelterLine]:
    decisions = _confirming_decisions() if any(match.decided for match in matches) else {}
    return [
        _smelter(declaration, row, resolved, match, decisions)
        for row, resolved, match in zip(found.smelters, found.resolved, matches, strict=True)
    ]


def _confirming_decisions() -> dict[DecisionKey, int]:
    active = MatchDecision.objects.filter(undone_at=None, kind=DecisionKind.CONFIRMED)
    return {
        DecisionKey(metal, text_key): key
        for key, metal, text_key in active.values_list("pk", "metal", "text_key")
    }


def _smelter(
    declaration: Declaration,
    row: SmelterRow,
    resolved: ResolvedSmelter,
    match: SmelterMatch,
    decisions: dict[DecisionKey, int],
) -> SmelterLine:
    key = decision_key(resolved, row)
    return SmelterLine(
        declaration=declaration,
        row=row.row,
        metal=(resolved.metal or row.metal).strip()[:100],
        cid_input=row.cid_input.strip()[:255],
        lookup=(row.lookup or resolved.lookup).strip()[:255],
        typed_name=row.name.strip()[:255],
        cid=resolved.cid[:60],
        standard_name=resolved.standard_name[:255],
        country=resolved.country[:120],
        city=resolved.city[:120],
        state=resolved.state[:120],
        mine_names=row.mine_names,
        mine_countries=row.mine_countries,
        recycled=row.recycled[:40],
        comments=row.comments,
        match=match.match,
        metal_key=key.metal[:100],
        text_key=key.name[:255],
        matched_cid=match.cid[:60],
        decision_id=decisions.get(key) if match.decided else None,
        suggestions=[
            {
                "cid": item.cid,
                "standard_name": item.standard_name,
                "country": item.country,
                "score": item.score,
            }
            for item in match.suggestions
        ],
    )
