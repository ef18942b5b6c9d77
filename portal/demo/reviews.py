"""Reviews of invented declarations: questions out, one waived, one accepted. Demo mode only."""

from __future__ import annotations

from accounts.models import User
from minerals.enums import DeclarationStatus, FindingSeverity, Source
from minerals.models import Declaration, FindingDecision
from minerals.selectors.review import key_of, tally_of
from minerals.services.clarifications import AskInput, default_due, send_questions
from minerals.services.finding_decisions import DecisionInput, decide_findings
from minerals.services.review import take_step
from suppliers.models import Supplier
from suppliers.selectors.recipients import reachable
from suppliers.services.guests import guests

ASKED_OF = "DEMO-001"
ACCEPTED = "DEMO-002"
BEGUN = "DEMO-003"
MESSAGE = "您好！审阅贵公司的申报时，有几点需要确认，请回答或上传更正后的文件。谢谢！"
WAIVER = "Known from the visit in spring; corrected with the next report. (demo)"
AT_MOST = 3


def load_reviews(reviewer: User) -> bool:
    """Once, and only with the files of the demo."""
    if FindingDecision.objects.exists():
        return False
    current = Declaration.objects.current().filter(source=Source.DEMO)
    by_code = {one.supplier.code: one for one in current.select_related("supplier") if one.supplier}
    if ASKED_OF in by_code:
        ask_about(reviewer, by_code[ASKED_OF])
    if BEGUN in by_code:
        _waive_one(reviewer, by_code[BEGUN])
    if ACCEPTED in by_code and tally_of(by_code[ACCEPTED]).outcome:
        take_step(reviewer, by_code[ACCEPTED].pk, "accept")
    return True


def _can_be_asked(supplier: Supplier) -> bool:
    return bool(reachable([supplier])) or guests().reaches(supplier)


def ask_about(reviewer: User, declaration: Declaration) -> None:
    keys = _errors(declaration)
    if declaration.supplier is None or not keys or not _can_be_asked(declaration.supplier):
        return
    decide_findings(reviewer, declaration.pk, DecisionInput(keys[:AT_MOST], "asked"))
    send_questions(reviewer, declaration.pk, AskInput(default_due(), message=MESSAGE))


def _waive_one(reviewer: User, declaration: Declaration) -> None:
    keys = _errors(declaration)
    if keys and declaration.status == DeclarationStatus.NEEDS_CORRECTION:
        decide_findings(reviewer, declaration.pk, DecisionInput(keys[:1], "waived", WAIVER))


def _errors(declaration: Declaration) -> list[str]:
    found = declaration.findings.filter(severity=FindingSeverity.ERROR)
    return [key_of(one) for one in found]
