"""Suppliers: who they are, what they signed, where they stand, how they are rated."""

from suppliers.models.assessment import (
    Assessment,
    AssessmentAnswer,
    CountryRisk,
    KindRisk,
    Question,
    Questionnaire,
    SectorRisk,
)
from suppliers.models.category import Category
from suppliers.models.commitment import (
    DocumentRequest,
    DocumentType,
    DocumentVersion,
    Signature,
)
from suppliers.models.data_change import DataChange
from suppliers.models.evidence import EvidenceFile
from suppliers.models.imports import ImportBatch, ImportRow
from suppliers.models.lifecycle import (
    Approval,
    GateRecord,
    Qualification,
    Restriction,
    StatusChange,
    Waiver,
)
from suppliers.models.master import (
    AnnualSpend,
    MineralScope,
    RegistrationNumber,
    Site,
    SupplierContact,
)
from suppliers.models.rating import RatingPart
from suppliers.models.saved_view import SavedView
from suppliers.models.scope import BuyerScope
from suppliers.models.supplier import Supplier

__all__ = [
    "AnnualSpend",
    "Approval",
    "Assessment",
    "AssessmentAnswer",
    "BuyerScope",
    "Category",
    "CountryRisk",
    "DataChange",
    "DocumentRequest",
    "DocumentType",
    "DocumentVersion",
    "EvidenceFile",
    "GateRecord",
    "ImportBatch",
    "ImportRow",
    "KindRisk",
    "MineralScope",
    "Qualification",
    "Question",
    "Questionnaire",
    "RatingPart",
    "RegistrationNumber",
    "Restriction",
    "SavedView",
    "SectorRisk",
    "Signature",
    "Site",
    "StatusChange",
    "Supplier",
    "SupplierContact",
    "Waiver",
]
