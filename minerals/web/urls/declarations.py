"""Addresses of declarations, decisions about names and the reference list."""

from django.urls import path

from minerals.web import (
    assignments,
    comparisons,
    corrections,
    declaration_list,
    declaration_page,
    matches,
    reference,
    uploads,
)

urlpatterns = [
    path("declarations/", declaration_list.declaration_list, name="declaration-list"),
    path("declarations/export/", declaration_list.declaration_export, name="declaration-export"),
    path("declarations/upload/", uploads.declaration_upload, name="declaration-upload"),
    path("uploads/<uuid:batch>/", uploads.upload_batch_page, name="upload-batch"),
    path("uploads/<uuid:batch>/cards/", uploads.upload_batch_cards, name="upload-batch-cards"),
    path("declarations/<int:pk>/", declaration_page.declaration_detail, name="declaration-detail"),
    path(
        "declarations/<int:pk>/original/",
        declaration_page.declaration_original,
        name="declaration-original",
    ),
    path(
        "declarations/<int:pk>/correction/",
        corrections.declaration_correction,
        name="declaration-correction",
    ),
    path(
        "declarations/<int:pk>/correction/download/",
        corrections.declaration_correction_download,
        name="declaration-correction-download",
    ),
    path(
        "declarations/<int:pk>/assign/", assignments.declaration_assign, name="declaration-assign"
    ),
    path(
        "declarations/<int:pk>/compare/<int:other>/",
        comparisons.declaration_compare,
        name="declaration-compare",
    ),
    path("smelter-rows/<int:pk>/decide/", matches.match_decide, name="match-decide"),
    path("smelter-rows/<int:pk>/candidates/", matches.match_candidates, name="match-candidates"),
    path("decisions/", matches.decision_list, name="decision-list"),
    path("decisions/<int:pk>/undo/", matches.decision_undo, name="decision-undo"),
    path("reference/", reference.snapshot_list, name="snapshot-list"),
    path("reference/<int:pk>/", reference.snapshot_detail, name="snapshot-detail"),
    path("reference/<int:pk>/export/", reference.snapshot_export, name="snapshot-export"),
    path("reference/<int:pk>/template/", reference.template_download, name="template-download"),
]
