"""Self-assessments and questionnaires."""

from django.urls import URLPattern, path

from suppliers.web import (
    assessment_answering,
    assessment_detail,
    assessment_list,
    assessment_send,
    assessment_workbook,
    questionnaires,
    settings_exports,
)

FORM = "assessments/<int:assessment_id>/"
EDITION = "questionnaires/<int:questionnaire_id>/"

urlpatterns: list[URLPattern] = [
    path("assessments/", assessment_list.assessment_list, name="assessment-list"),
    path("assessments/export/", assessment_list.assessment_export, name="assessment-export"),
    path("assessments/own/", assessment_list.assessment_own, name="assessment-own"),
    path("assessments/new/", assessment_send.assessment_request, name="assessment-request"),
    path("assessments/send/", assessment_send.assessment_send, name="assessment-send"),
    path(
        "assessments/send/selected/",
        assessment_send.assessment_send,
        {"from_list": True},
        name="assessment-send-selected",
    ),
    path(FORM, assessment_detail.assessment_detail, name="assessment-detail"),
    path(f"{FORM}review/", assessment_detail.assessment_review, name="assessment-review"),
    path(f"{FORM}cancel/", assessment_detail.assessment_cancel, name="assessment-cancel"),
    path(f"{FORM}areas/<slug:area>/", assessment_answering.assessment_area, name="assessment-area"),
    path(
        f"{FORM}areas/<slug:area>/confirm/",
        assessment_answering.assessment_confirm,
        name="assessment-confirm",
    ),
    path(
        f"{FORM}answers/<slug:code>/",
        assessment_answering.assessment_answer,
        name="assessment-answer",
    ),
    path(
        f"{FORM}answers/<slug:code>/evidence/",
        assessment_answering.assessment_evidence,
        name="assessment-evidence",
    ),
    path(
        f"{FORM}answers/<slug:code>/evidence/<int:evidence_id>/remove/",
        assessment_answering.assessment_evidence_remove,
        name="assessment-evidence-remove",
    ),
    path(f"{FORM}copy/", assessment_answering.assessment_copy, name="assessment-copy"),
    path(f"{FORM}submit/", assessment_answering.assessment_submit, name="assessment-submit"),
    path(f"{FORM}workbook/", assessment_workbook.assessment_workbook, name="assessment-workbook"),
    path(f"{FORM}upload/", assessment_workbook.assessment_upload, name="assessment-upload"),
    path("questionnaires/", questionnaires.questionnaire_list, name="questionnaire-list"),
    path(
        "questionnaires/export/",
        settings_exports.questionnaire_export,
        name="questionnaire-export",
    ),
    path(EDITION, questionnaires.questionnaire_detail, name="questionnaire-detail"),
    path(f"{EDITION}copy/", questionnaires.questionnaire_copy, name="questionnaire-copy"),
    path(f"{EDITION}edit/", questionnaires.questionnaire_edit, name="questionnaire-edit"),
    path(f"{EDITION}publish/", questionnaires.questionnaire_publish, name="questionnaire-publish"),
    path(f"{EDITION}delete/", questionnaires.questionnaire_delete, name="questionnaire-delete"),
    path(
        f"{EDITION}questions/new/",
        questionnaires.questionnaire_question_create,
        name="questionnaire-question-create",
    ),
    path(
        f"{EDITION}questions/<int:question_id>/",
        questionnaires.questionnaire_question_edit,
        name="questionnaire-question-edit",
    ),
    path(
        f"{EDITION}questions/<int:question_id>/delete/",
        questionnaires.questionnaire_question_delete,
        name="questionnaire-question-delete",
    ),
]
