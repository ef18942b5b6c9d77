"""Self-assessments: entries of the trail in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "assessment.requested": _("Self-assessment asked for"),
    "assessment.cancelled": _("Self-assessment taken back"),
    "assessment.copied": _("Answers of the last self-assessment copied"),
    "assessment.uploaded": _("Self-assessment uploaded as a workbook"),
    "assessment.submitted": _("Self-assessment handed in"),
    "assessment.accepted": _("Self-assessment accepted"),
    "assessment.returned": _("Self-assessment sent back"),
    "assessment.reminded_supplier": _("Supplier reminded of the self-assessment"),
    "assessment.reminded_buyer": _("Buyer told of the missing self-assessment"),
    "questionnaire.copied": _("Questionnaire copied"),
    "questionnaire.changed": _("Questionnaire changed"),
    "questionnaire.question_deleted": _("Question deleted"),
    "questionnaire.published": _("Questionnaire published"),
    "questionnaire.deleted": _("Draft of a questionnaire deleted"),
}
