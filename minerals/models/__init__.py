"""Declarations, what the rules found in them, and the reference list they are held against."""

from minerals.models.content import AnswerLine, MineLine, ProductLine
from minerals.models.decision import MatchDecision
from minerals.models.declaration import Declaration, DeclarationDocument
from minerals.models.finding import Finding
from minerals.models.reference import ReferenceEntry, ReferenceSnapshot
from minerals.models.smelter_line import SmelterLine
from minerals.models.workbook import WorkbookFile

__all__ = [
    "AnswerLine",
    "Declaration",
    "DeclarationDocument",
    "Finding",
    "MatchDecision",
    "MineLine",
    "ProductLine",
    "ReferenceEntry",
    "ReferenceSnapshot",
    "SmelterLine",
    "WorkbookFile",
]
