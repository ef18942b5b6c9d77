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

    RECEIVED = "received", _("Received")
    UNREADABLE = "unreadable", _("Unreadable")
    NEEDS_CORRECTION = "needs_correction", _("Needs correction")
    STRUCTURALLY_VALID = "structurally_valid", _("Structurally valid")
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
    DEMO = "demo", _("Demo data")


class JobKind(models.TextChoices):
    JUDGE = "declaration.judge", _("Judging a declaration")
    CORRECTION = "declaration.correction", _("Writing the correction workbook")
