"""Choices and codes of the minerals app."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Family(models.TextChoices):
    CMRT = "CMRT", "CMRT"
    EMRT = "EMRT", "EMRT"
    AMRT = "AMRT", "AMRT"
    CRT = "CRT", "CRT"


class DeclarationStatus(models.TextChoices):
    """Where a declaration stands. The words differ from each other on purpose (no “approved”)."""

    DRAFT = "draft", _("Not submitted yet")
    RECEIVED = "received", _("Received")
    UNREADABLE = "unreadable", _("Unreadable")
    NEEDS_CORRECTION = "needs_correction", _("Needs correction")
    STRUCTURALLY_VALID = "structurally_valid", _("Structurally valid")
    UNDER_REVIEW = "under_review", _("Under review")
    CLARIFICATION_OPEN = "clarification_open", _("Clarification open")
    WITH_EXCEPTIONS = "accepted_with_exceptions", _("Accepted with exceptions")
    ACCEPTED = "accepted", pgettext_lazy("declaration", "Accepted")
    REJECTED = "rejected", pgettext_lazy("declaration", "Rejected")
    SUPERSEDED = "superseded", _("Superseded")


class VerdictState(models.TextChoices):
    """What the rules answered (see ``minerals.rules.verdict``)."""

    CLEAN = "clean", _("Nothing open")
    WITH_WARNINGS = "with_warnings", _("Warnings to answer")
    CORRECT_FIRST = "correct_first", _("Correct first")
    OUTDATED = "outdated", _("Outdated template")
    UNREADABLE = "unreadable", _("Unreadable")


class FindingSeverity(models.TextChoices):
    ERROR = "error", pgettext_lazy("severity", "Error")
    WARNING = "warning", pgettext_lazy("severity", "Warning")
    INFO = "info", pgettext_lazy("severity", "Note")


class MatchKind(models.TextChoices):
    """How a smelter row was identified."""

    CID = "cid", _("By ID")
    STANDARD_NAME = "standard_name", _("By standard name")
    ALIAS = "alias", _("By alias")
    NOT_LISTED = "not_listed", _("Smelter not listed")
    NOT_IDENTIFIED = "not_identified", _("Not yet identified")
    AMBIGUOUS = "ambiguous", _("Several candidates")
    UNMATCHED = "unmatched", _("Not recognised")


class DecisionKind(models.TextChoices):
    CONFIRMED = "confirmed", _("Confirmed")
    REJECTED = "rejected", _("Rejected")


class Source(models.TextChoices):
    """Through which door a declaration came."""

    WEB = "web", _("Web page")
    API = "api", _("API")
    COMMAND = "command", _("Command line")
    SURVEY = "survey", _("Survey")
    DEMO = "demo", _("Demo data")


class JobKind(models.TextChoices):
    JUDGE = "declaration.judge", _("Judging a declaration")
    CORRECTION = "declaration.correction", _("Writing the correction workbook")
    APPLY_LIST = "list.apply", _("Holding the declarations against a list")
    RATE_ALL = "risk.rate_all", _("Rating all suppliers again")
    SMELTER_LIST = "smelter_list.read", _("Reading a smelter list")


class ReviewState(models.TextChoices):
    """Where a person's review of a declaration stands; empty until somebody begins."""

    UNDER_REVIEW = "under_review", _("Under review")
    CLARIFICATION_OPEN = "clarification_open", _("Clarification open")
    WITH_EXCEPTIONS = "accepted_with_exceptions", _("Accepted with exceptions")
    ACCEPTED = "accepted", pgettext_lazy("declaration", "Accepted")
    REJECTED = "rejected", pgettext_lazy("declaration", "Rejected")


class FindingDecisionKind(models.TextChoices):
    """What a reviewer decided about one finding."""

    ACCEPTED = "accepted", pgettext_lazy("finding", "Accepted as it is")
    ASKED = "asked", pgettext_lazy("finding", "Asked the supplier")
    WAIVED = "waived", pgettext_lazy("finding", "Waived")


class ClarificationState(models.TextChoices):
    OPEN = "open", _("Waiting for the supplier")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", pgettext_lazy("clarification", "Closed")
    CANCELLED = "cancelled", pgettext_lazy("clarification", "Cancelled")


class ProductLink(models.TextChoices):
    """How surely a smelter of a row is in what we buy. Without a person's word it follows the
    scope of the declaration: a company-level answer names smelters we may have nothing of."""

    CONFIRMED = "confirmed", _("Confirmed for our products")
    EXCLUDED = "excluded", _("Not in our products")


class ListSource(models.TextChoices):
    """Whose list of smelters. All but RMI's recognise smelters that RMI accepts across."""

    RMAP = "rmap", _("RMI (RMAP)")
    LBMA = "lbma", _("LBMA Responsible Gold")
    RJC = "rjc", _("RJC Chain of Custody")
    OTHER = "other", pgettext_lazy("list", "Other scheme")


class ListState(models.TextChoices):
    """``HELD``: something about it is unusual, a person confirms it knowing that."""

    READING = "reading", _("Being read")
    UNREADABLE = "unreadable", _("Cannot be read")
    READY = "ready", pgettext_lazy("list", "Ready to import")
    HELD = "held", _("Held for confirmation")
    IN_FORCE = "in_force", _("Imported")
    DISCARDED = "discarded", pgettext_lazy("list", "Discarded")


class SmelterStatus(models.TextChoices):
    """Codes of ``rules.smelter_status``. “Conformant” says that the smelter's due-diligence system
    was assessed; it certifies no material."""

    CONFORMANT = "conformant", _("Conformant")
    CROSS_RECOGNISED = "cross_recognised", _("Cross-recognised")
    CONFORMANT_REAUDIT = "conformant_reaudit", _("Conformant, re-audit in progress")
    ACTIVE = "active", pgettext_lazy("smelter", "Active")
    CEASED_OPERATION = "ceased_operation", _("Ceased operation")
    NOT_ELIGIBLE = "not_eligible", _("Not eligible (no smelter)")
    ACTIVE_ECAP = "active_ecap", _("Active, extended corrective action plan")
    DUE_DILIGENCE_VETTED = "due_diligence_vetted", _("Due diligence vetted")
    IN_COMMUNICATION = "in_communication", _("In communication")
    ELIGIBLE = "eligible", _("Eligible only")
    OUTREACH_REQUIRED = "outreach_required", _("Outreach required")
    NOT_LISTED = "not_listed", _("Not listed")
    SUSPENDED_NOT_INTERESTED = "suspended_not_interested", _("Not interested")
    NON_CONFORMANT = "non_conformant", _("Non-conformant")
    UNABLE_TO_PROCEED = "unable_to_proceed", _("RMI unable to proceed")


class CountryListKind(models.TextChoices):
    """Two separate lists, and the transit countries of RMI's origin levels."""

    COVERED = "covered", _("Covered countries (US rule)")
    CAHRA = "cahra", _("Conflict-affected and high-risk areas (EU list)")
    TRANSIT = "transit", _("Known transit countries")


class RiskLevel(models.TextChoices):
    LOW = "low", pgettext_lazy("risk", "Low")
    MEDIUM = "medium", pgettext_lazy("risk", "Medium")
    HIGH = "high", pgettext_lazy("risk", "High")


class PolicyState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("In force")
    RETIRED = "retired", pgettext_lazy("policy", "Replaced")
    DROPPED = "dropped", pgettext_lazy("policy", "Dropped")


class RiskEventKind(models.TextChoices):
    """What people record about a supplier beyond its file; each makes the risk high."""

    NO_RESPONSE = "no_response", _("No valid response after the last reminder")
    REFUSED = "refused", _("Refuses correction, spot check or audit")
    FALSE_DATA = "false_data", _("False data")
    ANNEX_II = "annex_ii", _("Credible report of serious abuse (OECD Annex II)")
    MITIGATION_OVERDUE = "mitigation_overdue", _("Deadline of the mitigation has passed")


class TaskState(models.TextChoices):
    OPEN = "open", pgettext_lazy("task", "Open")
    DONE = "done", pgettext_lazy("task", "Done")
    CANCELLED = "cancelled", pgettext_lazy("task", "No longer needed")


class MitigationState(models.TextChoices):
    """Chain of the standards sheet, section 4.3."""

    OPEN = "open", _("Plan to be agreed")
    AGREED = "agreed", _("Plan agreed")
    EVIDENCE = "evidence", _("Evidence handed in")
    VERIFIED = "verified", _("Evidence verified")
    CLOSED = "closed", _("Closed, risk is low")
    ENDED = "ended", _("Ended, cooperation limited or over")


class MitigationOutcome(models.TextChoices):
    """How a plan came to its end."""

    LOW = "low", _("Risk is low")
    CLOSED_EARLY = "closed_early", _("Closed early by two people")
    RESTRICTED = "restricted", _("Cooperation limited")
    DISQUALIFIED = "disqualified", pgettext_lazy("lifecycle", "Disqualified")
    NOT_INTRODUCED = "not_introduced", pgettext_lazy("lifecycle", "Not introduced")
    LEFT = "left", _("Supplier has left")


class MitigationProposal(models.TextChoices):
    """Steps of the lifecycle (``suppliers.workflow``) that a plan may propose."""

    RESTRICT = "restrict", _("Limit the cooperation")
    DISQUALIFY = "disqualify", _("Disqualify")
    NOT_INTRODUCE = "not_introduce", _("Do not introduce")


class MeasureKind(models.TextChoices):
    SMELTER = "smelter", _("Assure or replace a smelter")
    CERTIFICATE = "certificate", _("Hand in the smelter's certificate")
    POLICY = "policy", _("Adopt a conflict-free policy")
    TRAINING = "training", _("Specialised training")
    SPOT_CHECK = "spot_check", _("Spot check")
    THIRD_PARTY_AUDIT = "third_party_audit", _("Comprehensive third-party audit")
    CORRECTION = "correction", _("Correct the declaration")
    OTHER = "other", pgettext_lazy("measure", "Other measure")


class MeasureState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    HANDED_IN = "handed_in", pgettext_lazy("measure", "Evidence handed in")
    VERIFIED = "verified", pgettext_lazy("measure", "Verified")
    NOT_CREDIBLE = "not_credible", _("Evidence not credible")
    CANCELLED = "cancelled", pgettext_lazy("measure", "Cancelled")


class AlertKind(models.TextChoices):
    """What looks implausible across declarations."""

    SAME_AS_OTHER = "same_as_other", _("Nearly the list of another supplier")
    SAME_AS_LAST_YEAR = "same_as_last_year", _("Last year's list, hardly changed")
    OVER_REPORTED = "over_reported", _("Far more smelters than others of the category")
    WHOLE_LIST = "whole_list", _("The complete reference list")


class AlertState(models.TextChoices):
    OPEN = "open", pgettext_lazy("alert", "To look at")
    EXPLAINED = "explained", _("Explained")
    CONFIRMED = "confirmed", pgettext_lazy("alert", "Confirmed")
