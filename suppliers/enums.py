"""Choices and codes of the suppliers app. Codes are stored and never renamed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SupplierKind(models.TextChoices):
    PRODUCTION = "production", _("Production material")
    SERVICE = "service", _("Service")
    SUBCONTRACTOR = "subcontractor", _("Engineering subcontractor")


class SupplierStatus(models.TextChoices):
    """Where a supplier stands; what leads from one to the next is in ``workflow``."""

    REGISTERED = "registered", _("Registered")
    SIGNING = "signing", _("Signing")
    CERTIFICATION = "certification", _("Certification")
    APPROVAL = "approval", _("Approval")
    QUALIFIED = "qualified", _("Qualified")
    LIMITED = "limited", _("Limited cooperation")
    DISQUALIFIED = "disqualified", _("Disqualified")
    NOT_INTRODUCED = "not_introduced", _("Not introduced")
    PHASED_OUT = "phased_out", _("Phased out")


class ReasonCode(models.TextChoices):
    """Why somebody was restricted, disqualified, not introduced or waived: counted by reports."""

    CSR = "csr", _("CSR performance")
    MINERALS = "minerals", _("Conflict minerals")
    SAFETY = "safety", _("Health and safety")
    ENVIRONMENT = "environment", _("Environment")
    ETHICS = "ethics", _("Business ethics")
    SECURITY = "security", _("Information or cyber security")
    QUALITY = "quality", _("Quality")
    COMMERCIAL = "commercial", _("Commercial")
    REFUSAL = "refusal", _("Refuses correction or cooperation")
    CAPACITY = "capacity", _("Capacity or supply")
    OTHER = "other", pgettext_lazy("reason", "Other")


class ContactRole(models.TextChoices):
    CSR = "csr", _("CSR")
    MINERALS = "minerals", _("Responsible minerals")
    QUALITY = "quality", _("Quality")
    SALES = "sales", _("Sales")
    MANAGEMENT = "management", _("Management")
    EHS = "ehs", _("Environment, health and safety")
    OTHER = "other", pgettext_lazy("contact role", "Other")


class RegistrationKind(models.TextChoices):
    USCC = "uscc", _("Unified social credit code")
    DUNS = "duns", _("D-U-N-S number")
    VAT = "vat", _("VAT number")
    OTHER = "other", pgettext_lazy("registration number", "Other number")


class Metal(models.TextChoices):
    """Materials that a supplier's goods may contain (domain: tin, tantalum, tungsten, gold,
    cobalt; the others are those of EMRT)."""

    TIN = "tin", _("Tin")
    TANTALUM = "tantalum", _("Tantalum")
    TUNGSTEN = "tungsten", _("Tungsten")
    GOLD = "gold", _("Gold")
    COBALT = "cobalt", _("Cobalt")
    MICA = "mica", _("Mica")
    COPPER = "copper", _("Copper")
    GRAPHITE = "graphite", _("Natural graphite")
    LITHIUM = "lithium", _("Lithium")
    NICKEL = "nickel", _("Nickel")


class GateKind(models.TextChoices):
    """Conditions of a step, by names that leave the result open. Those with records wait for apps
    that come later, or for a person."""

    DOCUMENTS = "documents", pgettext_lazy("condition", "Documents to sign")
    CERTIFICATION_AUDIT = "certification_audit", _("Certification audit")
    DECLARATION = "declaration", _("Minerals declaration")
    SELF_ASSESSMENT = "self_assessment", _("Self-assessment")
    TRAINING = "training", _("CSR training")
    MONITORING_AUDIT = "monitoring_audit", _("Monitoring audit")


class GateResult(models.TextChoices):
    PASSED = "passed", _("Passed")
    FAILED = "failed", _("Failed")


class ApprovalKind(models.TextChoices):
    QUALIFY = "qualify", _("Approve the supplier")
    QUALIFICATION = "qualification", _("Approve a category or site")
    NOT_INTRODUCE = "not_introduce", _("Do not introduce")
    RESTRICT = "restrict", _("Limit the cooperation")
    LIFT = "lift", _("Lift the limitation")
    DISQUALIFY = "disqualify", _("Disqualify")
    WAIVE = "waive", _("Grant a waiver")


class ApprovalState(models.TextChoices):
    OPEN = "open", _("Waiting for a decision")
    APPROVED = "approved", pgettext_lazy("approval", "Approved")
    REJECTED = "rejected", pgettext_lazy("approval", "Rejected")
    WITHDRAWN = "withdrawn", pgettext_lazy("approval", "Withdrawn")


class QualificationState(models.TextChoices):
    IN_PROGRESS = "in_progress", _("In progress")
    APPROVED = "approved", pgettext_lazy("qualification", "Approved")
    REJECTED = "rejected", pgettext_lazy("qualification", "Rejected")
    WITHDRAWN = "withdrawn", pgettext_lazy("qualification", "Withdrawn")


class QualificationRoute(models.TextChoices):
    INITIAL = "initial", pgettext_lazy("qualification", "New supplier")
    CATEGORY = "category", _("Additional category")
    SITE = "site", _("Additional or changed site")
    RENEWAL = "renewal", _("Renewal")


class RestrictionScope(models.TextChoices):
    NO_NEW_ORDERS = "no_new_orders", _("No new orders")
    NO_NEW_CATEGORY = "no_new_category", _("No new category or site")


class SourcingOutcome(models.TextChoices):
    ALLOWED = "allowed", _("Allowed")
    WITH_WAIVER = "with_waiver", _("Allowed with waiver")
    NOT_ALLOWED = "not_allowed", _("Not allowed")


class ChangeKind(models.TextChoices):
    """What a new version of a document means for those who signed an earlier one."""

    FIRST = "first", _("First version")
    COSMETIC = "cosmetic", _("Cosmetic: earlier signatures stay valid")
    MATERIAL = "material", _("Material: earlier signers sign again")


class RequestState(models.TextChoices):
    OPEN = "open", _("Waiting for the supplier")
    DONE = "done", _("Signed")
    REFUSED = "refused", _("Refused")
    CANCELLED = "cancelled", pgettext_lazy("request", "Cancelled")


class SignatureWay(models.TextChoices):
    ONLINE = "online", _("Online")
    PAPER = "paper", _("On paper")


class SignatureState(models.TextChoices):
    TO_CHECK = "to_check", _("To be checked")
    VALID = "valid", pgettext_lazy("signature", "Valid")
    REJECTED = "rejected", pgettext_lazy("signature", "Rejected")
    REVOKED = "revoked", pgettext_lazy("signature", "Revoked")


class CsrArea(models.TextChoices):
    """The eight CSR areas of the Supplier Code of Conduct (domain, section 1)."""

    LABOUR = "labour", _("Labour rights")
    SAFETY = "safety", _("Health and safety")
    ENVIRONMENT = "environment", _("Environmental protection")
    SUBSTANCES = "substances", _("Hazardous substances control")
    INFORMATION = "information", _("Information security")
    CYBER = "cyber", _("Cybersecurity")
    ETHICS = "ethics", _("Business ethics")
    NEXT_TIER = "next_tier", _("Next-tier supplier management")


class AnswerKind(models.TextChoices):
    """``GRADED``: yes, partly, no, not applicable. ``NUMBER`` and ``TEXT`` are not scored."""

    GRADED = "graded", _("Yes, partly or no")
    NUMBER = "number", pgettext_lazy("answer", "Number")
    TEXT = "text", pgettext_lazy("answer", "Text")


class GradedAnswer(models.TextChoices):
    YES = "yes", pgettext_lazy("answer", "Yes")
    PARTLY = "partly", pgettext_lazy("answer", "Partly")
    NO = "no", pgettext_lazy("answer", "No")
    NOT_APPLICABLE = "na", pgettext_lazy("answer", "Not applicable")


class AssessmentState(models.TextChoices):
    REQUESTED = "requested", _("Waiting for the supplier")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Sent back")
    ACCEPTED = "accepted", pgettext_lazy("assessment", "Accepted")
    CANCELLED = "cancelled", pgettext_lazy("assessment", "Cancelled")


class RatingPartKind(models.TextChoices):
    """Parts of the CSR rating; each is recorded by the app that knows it."""

    SELF_ASSESSMENT = "self_assessment", _("Self-assessment")
    AUDIT = "audit", _("On-site audit")
    MINERALS = "minerals", pgettext_lazy("rating", "Minerals")
    FINDINGS = "findings", _("Open findings")


class RatingLevel(models.TextChoices):
    """A is best. ``UNKNOWN`` is not good: nobody knows."""

    A = "A", "A"
    B = "B", "B"
    C = "C", "C"
    D = "D", "D"
    UNKNOWN = "unknown", _("Not known")


class ImportKind(models.TextChoices):
    SUPPLIERS = "suppliers", _("Suppliers")
    CONTACTS = "contacts", _("Contacts")
    SITES = "sites", _("Sites")
    SPEND = "spend", _("Spend")


class ImportState(models.TextChoices):
    CHECKING = "checking", _("Being checked")
    READY = "ready", _("Ready to import")
    FAULTY = "faulty", _("Has mistakes")
    UNREADABLE = "unreadable", _("Cannot be read")
    IMPORTING = "importing", _("Being imported")
    IMPORTED = "imported", _("Imported")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")
    DISCARDED = "discarded", _("Discarded")
    EXPIRED = "expired", pgettext_lazy("of an import", "Expired")


class RowAction(models.TextChoices):
    CREATE = "create", _("Will be created")
    CHANGE = "change", _("Will be changed")
    SAME = "same", _("Stays as it is")
    FAULTY = "faulty", _("Has mistakes")


class DataChangeKind(models.TextChoices):
    """What a supplier wants changed in its own record."""

    COMPANY = "company", _("Company data")
    NEW_CONTACT = "new_contact", _("New contact")
    CONTACT = "contact", _("Changed contact")
    CONTACT_GONE = "contact_gone", _("Contact has left")


class DataChangeState(models.TextChoices):
    OPEN = "open", pgettext_lazy("change", "Waiting")
    APPROVED = "approved", pgettext_lazy("change", "Taken over")
    DECLINED = "declined", pgettext_lazy("change", "Not taken over")
    WITHDRAWN = "withdrawn", pgettext_lazy("change", "Taken back")
