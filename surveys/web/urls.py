"""Addresses of surveys' pages."""

from django.urls import path

from surveys.web import answer as a
from surveys.web import board, campaigns, participant, texts
from surveys.web import web_form as w
from surveys.web.precheck import check_page

app_name = "surveys"
_DOORS = [
    ("opened/", "opened", a.answer_opened, a.own_opened),
    ("say/<slug:code>/", "say", a.answer_say, a.own_say),
    ("take-back/", "take-back", a.answer_take_back, a.own_take_back),
    ("upload/", "upload", a.answer_upload, a.own_upload),
    ("files/<int:draft_id>/", "file", a.answer_file, a.own_file),
    ("before/<int:declaration_id>/", "before", a.answer_before, a.own_before),
    ("questions/<int:clarification_id>/", "questions", a.answer_questions, a.own_questions),
    ("files/<int:draft_id>/compare/", "compare", a.answer_compare, a.own_compare),
    ("form/<slug:family>/", "form", w.answer_form, w.own_form),
    ("form/<slug:family>/check/", "form-check", w.answer_form_check, w.own_form_check),
    ("form/<slug:family>/former/", "form-former", w.answer_form_former, w.own_form_former),
    ("form/<slug:family>/remove/", "form-remove", w.answer_form_remove, w.own_form_remove),
    ("form/<slug:family>/lookup/", "form-lookup", w.answer_form_lookup, w.own_form_lookup),
    (
        "form/<slug:family>/download/",
        "form-download",
        w.answer_form_download,
        w.own_form_download,
    ),
    ("files/<int:draft_id>/submit/", "submit", a.answer_submit, a.own_submit),
    ("files/<int:draft_id>/discard/", "discard", a.answer_discard, a.own_discard),
    ("files/<int:draft_id>/correction/", "correction", a.answer_correction, a.own_correction),
]
urlpatterns = [
    path("surveys/", campaigns.campaign_list, name="campaign-list"),
    path("surveys/new/", campaigns.campaign_create, name="campaign-create"),
    path("surveys/<int:pk>/", board.campaign_detail, name="campaign-detail"),
    path("surveys/<int:pk>/export/", board.campaign_export, name="campaign-export"),
    path("surveys/<int:pk>/edit/", campaigns.campaign_edit, name="campaign-edit"),
    path("surveys/<int:pk>/scope/", campaigns.campaign_scope, name="campaign-scope"),
    path(
        "surveys/<int:pk>/scope/export/",
        campaigns.campaign_scope_export,
        name="campaign-scope-export",
    ),
    path(
        "surveys/<int:pk>/scope/<int:supplier_id>/<slug:word>/",
        campaigns.campaign_choose,
        name="campaign-choose",
    ),
    path("surveys/<int:pk>/start/", campaigns.campaign_start, name="campaign-start"),
    path("surveys/<int:pk>/delete/", campaigns.campaign_delete, name="campaign-delete"),
    path("surveys/<int:pk>/do/<slug:code>/", campaigns.campaign_act, name="campaign-act"),
    path("surveys/<int:pk>/many/<slug:code>/", board.campaign_bulk, name="campaign-bulk"),
    path("surveys/<int:pk>/add/", campaigns.campaign_add, name="campaign-add"),
    path("surveys/<int:pk>/texts/", texts.text_list, name="text-list"),
    path("surveys/<int:pk>/texts/<slug:kind>/<slug:language>/", texts.text_edit, name="text-edit"),
    path(
        "surveys/<int:pk>/texts/<slug:kind>/<slug:language>/drop/",
        texts.text_drop,
        name="text-drop",
    ),
    path(
        "surveys/participants/<int:pk>/", participant.participant_detail, name="participant-detail"
    ),
    path(
        "surveys/participants/<int:pk>/contact/",
        participant.participant_contact,
        name="participant-contact",
    ),
    path(
        "surveys/participants/<int:pk>/hold/", participant.participant_hold, name="participant-hold"
    ),
    path(
        "surveys/participants/<int:pk>/do/<slug:code>/",
        participant.participant_act,
        name="participant-act",
    ),
    path("surveys/messages/<int:pk>/answer/", participant.message_answer, name="message-answer"),
    path("check/", check_page, name="check"),
    path("answer/blank/<int:pk>/", a.blank, name="blank"),
    path("answer/<str:token>/", a.answer, name="answer"),
    path("answer/<str:token>/renew/", a.answer_renew, name="answer-renew"),
    path("surveys/own/<int:pk>/", a.own, name="own"),
    *(path(f"answer/<str:token>/{end}", view, name=f"answer-{n}") for end, n, view, _own in _DOORS),
    *(path(f"surveys/own/<int:pk>/{end}", own, name=f"own-{n}") for end, n, _view, own in _DOORS),
]
