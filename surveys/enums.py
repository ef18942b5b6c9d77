"""Choices and codes of the surveys app. Codes are stored and never renamed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CampaignState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("survey", "Being prepared")
    RUNNING = "running", pgettext_lazy("survey", "Running")
    CLOSED = "closed", pgettext_lazy("survey", "Closed")


class ScopeMethod(models.TextChoices):
    """How the suppliers are chosen (``rules.scope``)."""

    COVERAGE = "coverage", _("The fewest suppliers that reach a share of the spend")
    THRESHOLD = "threshold", _("Everybody from an amount of spend on")
    EVERYBODY = "everybody", _("Everybody in scope")


class ScopeReason(models.TextChoices):
    """Why a supplier is asked, or is not."""

    COVERAGE = "coverage", _("Needed for the share of the spend")
    THRESHOLD = "threshold", _("Spend above the threshold")
    EVERYBODY = "everybody", _("Everybody is asked")
    HIGH_RISK = "high_risk", _("High minerals risk")
    NEW = "new", _("New supplier")
    SINGLE_SOURCE = "single_source", _("Single source")
    BY_HAND = "by_hand", _("Decided by hand")
    PHASE_OUT = "phase_out", _("Being phased out")
    BELOW = "below", _("Spend too small")


class MailLanguage(models.TextChoices):
    """In which language the survey's mails are written."""

    READER = "reader", _("The reader's: English or Chinese")
    BOTH = "both", _("Both, one below the other")
    ENGLISH = "en", _("Always English")
    CHINESE = "zh-hans", _("Always Chinese")


class AnswerScope(models.TextChoices):
    """For what the declarations are to speak."""

    COMPANY = "company", _("The whole company")
    PRODUCT = "product", _("The products we buy")


class Stage(models.TextChoices):
    """Where a participant stands, from the least to the most advanced."""

    ASKED = "asked", pgettext_lazy("survey", "Asked")
    OPENED = "opened", pgettext_lazy("survey", "Opened")
    STARTED = "started", pgettext_lazy("survey", "Started")
    CLARIFICATION = "clarification", pgettext_lazy("survey", "Clarification open")
    SUBMITTED = "submitted", pgettext_lazy("survey", "Submitted")
    VALID = "valid", pgettext_lazy("survey", "Structurally valid")
    ACCEPTED = "accepted", pgettext_lazy("survey", "Accepted")
    DECLINED = "declined", pgettext_lazy("survey", "Declined")
    EXCLUDED = "excluded", pgettext_lazy("survey", "Taken out")


class MessageKind(models.TextChoices):
    QUESTION = "question", _("Question")
    REPLY = "reply", _("Answer to a question")
    WRONG_PERSON = "wrong_person", _("Not the right person")
    COLLEAGUE = "colleague", _("Names a colleague")
    DECLINED = "declined", _("Declines to answer")
    EXPLANATION = "explanation", _("Explanation")
