"""The CSR investigation form: questionnaires, what suppliers answer, tables of inherent risk."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_
from django_countries.fields import CountryField

from suppliers.enums import AnswerKind, AssessmentState, CsrArea, GradedAnswer, SupplierKind
from suppliers.models.belonging import BelongingQuerySet
from suppliers.models.category import Category
from suppliers.models.supplier import Supplier


class Questionnaire(models.Model):
    """One edition of the form. A published edition is never changed; the newest one is sent."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=160)
    local_title = models.CharField(_("Chinese title"), max_length=160)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    valid_months = models.PositiveSmallIntegerField(_("answers valid for months"), default=12)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        ordering = ["-published_at", "code"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return self.local_title if (get_language() or "").startswith("zh") else self.title


class Question(models.Model):
    """``weight`` counts inside its area; ``is_key``: a “no” caps the area (see ``rules``)."""

    questionnaire = models.ForeignKey(
        Questionnaire,
        verbose_name=_("questionnaire"),
        on_delete=models.CASCADE,
        related_name="questions",
    )
    area = models.CharField(_("area"), max_length=20, choices=CsrArea.choices)
    code = models.CharField(_("code"), max_length=12)
    order = models.PositiveSmallIntegerField(_("order"))
    text_en = models.TextField(_("English text"))
    text_zh = models.TextField(_("Chinese text"))
    help_en = models.TextField(_("English help"), blank=True)
    help_zh = models.TextField(_("Chinese help"), blank=True)
    kind = models.CharField(
        _("kind of answer"), max_length=10, choices=AnswerKind.choices, default=AnswerKind.GRADED
    )
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    is_key = models.BooleanField(_("key question"), default=False)
    asks_evidence = models.BooleanField(_("asks for evidence"), default=False)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["questionnaire", "order"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "code"], name="question_code_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"

    @property
    def text(self) -> str:
        return self.text_zh if (get_language() or "").startswith("zh") else self.text_en

    @property
    def help(self) -> str:
        return self.help_zh if (get_language() or "").startswith("zh") else self.help_en


class Assessment(models.Model):
    """One supplier's answers to one questionnaire. ``area_scores``: ``{area: 0..100 or null}``,
    written when it is submitted; ``revision`` grows with every saved answer."""

    supplier = models.ForeignKey(
        Supplier, verbose_name=_("supplier"), on_delete=models.CASCADE, related_name="assessments"
    )
    questionnaire = models.ForeignKey(
        Questionnaire,
        verbose_name=_("questionnaire"),
        on_delete=models.PROTECT,
        related_name="assessments",
    )
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=AssessmentState.choices,
        default=AssessmentState.REQUESTED,
    )
    due_on = models.DateField(_("due on"))
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("requested by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    requested_at = models.DateTimeField(_("requested"), auto_now_add=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("submitted by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reviewed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    review_note = models.TextField(_("note of the review"), blank=True)
    score = models.DecimalField(_("score"), max_digits=4, decimal_places=1, null=True, blank=True)
    area_scores = models.JSONField(_("scores per area"), default=dict, blank=True)
    reminders = models.PositiveSmallIntegerField(_("reminders"), default=0)
    reminded_on = models.DateField(_("last reminder"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = BelongingQuerySet["Assessment"].as_manager()

    class Meta:
        verbose_name = _("self-assessment")
        verbose_name_plural = _("self-assessments")
        ordering = ["-requested_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "due_on"], name="assessment_due"),
            models.Index(fields=["-requested_at", "-id"], name="assessment_requested"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["supplier"],
                condition=Q(state__in=["requested", "submitted", "returned"]),
                name="assessment_one_running",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire} · {self.supplier}"


class AssessmentAnswer(models.Model):
    """``grade`` for graded questions, ``text`` for the others (a number is text too).
    ``copied_from`` is last year's answer, which counts once it is confirmed. ``review_note``: what
    the reviewer asked to mend here when the form was sent back."""

    assessment = models.ForeignKey(
        Assessment, verbose_name=_("assessment"), on_delete=models.CASCADE, related_name="answers"
    )
    question = models.ForeignKey(
        Question, verbose_name=_("question"), on_delete=models.PROTECT, related_name="+"
    )
    grade = models.CharField(_("answer"), max_length=10, choices=GradedAnswer.choices, blank=True)
    text = models.TextField(_("text"), blank=True)
    comment = models.TextField(_("comment"), blank=True)
    copied_from = models.ForeignKey(
        "self",
        verbose_name=_("copied from"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    is_confirmed = models.BooleanField(_("confirmed"), default=True)
    review_note = models.TextField(_("note of the review"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    answered_at = models.DateTimeField(_("answered"), auto_now=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["assessment", "question__order"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "question"], name="answer_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.question.code}: {self.grade or self.text}"


# As the installation brings it; kept in English, shown in the language of the reader.
DEFAULT_SOURCE = N_("Default of the product, to be reviewed")


class CountryRisk(models.Model):
    """Points 1 (low) to 6 (high) of inherent risk by country."""

    country = CountryField(_("country or region"), unique=True)
    points = models.PositiveSmallIntegerField(_("points"), validators=[MaxValueValidator(6)])
    source = models.CharField(_("source"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("risk of a country")
        verbose_name_plural = _("risk of countries")
        ordering = ["country"]

    def __str__(self) -> str:
        return f"{self.country}: {self.points}"

    @property
    def source_label(self) -> str:
        """The product's own words in the reader's language, those of a person as written."""
        return gettext(DEFAULT_SOURCE) if self.source == DEFAULT_SOURCE else self.source

    @property
    def written_source(self) -> str:
        """What a person wrote: whoever changes points has looked at the product's own."""
        return "" if self.source == DEFAULT_SOURCE else self.source


class SectorRisk(models.Model):
    """Points 1 (low) to 4 (high) by category; one without points takes those of its parent."""

    category = models.OneToOneField(
        Category, verbose_name=_("category"), on_delete=models.CASCADE, related_name="risk"
    )
    points = models.PositiveSmallIntegerField(_("points"), validators=[MaxValueValidator(4)])
    source = models.CharField(_("source"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("risk of a category")
        verbose_name_plural = _("risk of categories")
        ordering = ["category__path"]

    def __str__(self) -> str:
        return f"{self.category}: {self.points}"


class KindRisk(models.Model):
    """Points 0 to 2 by kind of supplier."""

    kind = models.CharField(_("kind"), max_length=20, choices=SupplierKind.choices, unique=True)
    points = models.PositiveSmallIntegerField(_("points"), validators=[MaxValueValidator(2)])

    class Meta:
        verbose_name = _("risk of a kind")
        verbose_name_plural = _("risk of kinds")
        ordering = ["kind"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.points}"
