"""Declarations and what the rules found; smelters, their lists, risk; review and mitigation."""

from minerals.models.content import AnswerLine, MineLine, ProductLine
from minerals.models.decision import MatchDecision
from minerals.models.declaration import Declaration, DeclarationDocument
from minerals.models.finding import Finding
from minerals.models.mitigation import Measure, MitigationPlan, MitigationStep
from minerals.models.plausibility import ListPrint, PlausibilityAlert
from minerals.models.reference import ReferenceEntry, ReferenceSnapshot
from minerals.models.review import Clarification, ClarificationItem, FindingDecision
from minerals.models.risk import (
    CountryListing,
    LevelOverride,
    RiskEvent,
    RiskPolicyVersion,
    RiskRating,
)
from minerals.models.smelter import Smelter, SmelterCertificate, SmelterNote
from minerals.models.smelter_line import SmelterLine
from minerals.models.smelter_list import SmelterList, SmelterListing, StatusWord
from minerals.models.smelter_task import SmelterTask, SmelterTaskItem
from minerals.models.workbook import WorkbookFile

__all__ = [
    "AnswerLine",
    "Clarification",
    "ClarificationItem",
    "CountryListing",
    "Declaration",
    "DeclarationDocument",
    "Finding",
    "FindingDecision",
    "LevelOverride",
    "ListPrint",
    "MatchDecision",
    "Measure",
    "MineLine",
    "MitigationPlan",
    "MitigationStep",
    "PlausibilityAlert",
    "ProductLine",
    "ReferenceEntry",
    "ReferenceSnapshot",
    "RiskEvent",
    "RiskPolicyVersion",
    "RiskRating",
    "Smelter",
    "SmelterCertificate",
    "SmelterLine",
    "SmelterList",
    "SmelterListing",
    "SmelterNote",
    "SmelterTask",
    "SmelterTaskItem",
    "StatusWord",
    "WorkbookFile",
]
