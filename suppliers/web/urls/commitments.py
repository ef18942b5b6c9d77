"""Documents that suppliers sign."""

from django.urls import path

from suppliers.web import commitment_matrix, documents, settings_exports, signatures, signing

urlpatterns = [
    path("documents/", commitment_matrix.commitment_matrix, name="commitment-matrix"),
    path("documents/export/", commitment_matrix.commitment_export, name="commitment-export"),
    path("documents/request/", commitment_matrix.commitment_request, name="commitment-request"),
    path(
        "documents/request/selected/",
        commitment_matrix.commitment_request,
        {"from_list": True},
        name="commitment-request-selected",
    ),
    path(
        "<int:supplier_id>/documents/",
        commitment_matrix.commitment_supplier,
        name="commitment-supplier",
    ),
    path(
        "documents/requests/<int:request_id>/cancel/",
        commitment_matrix.commitment_cancel,
        name="commitment-cancel",
    ),
    path("documents/own/", signing.commitment_own, name="commitment-own"),
    path("documents/<int:version_id>/sign/", signing.commitment_sign, name="commitment-sign"),
    path("documents/<int:version_id>/paper/", signing.commitment_paper, name="commitment-paper"),
    path("documents/<int:version_id>/blank/", signing.document_blank, name="document-blank"),
    path(
        "documents/requests/<int:request_id>/refuse/",
        signing.commitment_refuse,
        name="commitment-refuse",
    ),
    path("documents/types/", documents.document_list, name="document-list"),
    path("documents/types/export/", settings_exports.document_export, name="document-export"),
    path("documents/types/new/", documents.document_create, name="document-create"),
    path("documents/types/<int:document_id>/", documents.document_detail, name="document-detail"),
    path("documents/types/<int:document_id>/edit/", documents.document_edit, name="document-edit"),
    path(
        "documents/types/<int:document_id>/version/",
        documents.document_version_create,
        name="document-version-create",
    ),
    path(
        "documents/versions/<int:version_id>/publish/",
        documents.document_version_publish,
        name="document-version-publish",
    ),
    path(
        "documents/versions/<int:version_id>/discard/",
        documents.document_version_discard,
        name="document-version-discard",
    ),
    path("signatures/to-check/", signatures.signature_check_list, name="signature-check-list"),
    path(
        "signatures/to-check/export/",
        signatures.signature_check_export,
        name="signature-check-export",
    ),
    path("signatures/verify/", signatures.signature_verify, name="signature-verify"),
    path("signatures/<int:signature_id>/", signatures.signature_detail, name="signature-detail"),
    path("signatures/<int:signature_id>/pdf/", signatures.signature_pdf, name="signature-pdf"),
    path(
        "signatures/<int:signature_id>/check/", signatures.signature_check, name="signature-check"
    ),
    path(
        "signatures/<int:signature_id>/revoke/",
        signatures.signature_revoke,
        name="signature-revoke",
    ),
    path("<int:supplier_id>/signatures/new/", signatures.signature_record, name="signature-record"),
]
