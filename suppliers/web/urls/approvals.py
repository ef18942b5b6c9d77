"""Requests that a second person decides."""

from django.urls import path

from suppliers.web import approvals

urlpatterns = [
    path("approvals/", approvals.approval_list, name="approval-list"),
    path("approvals/export/", approvals.approval_export, name="approval-export"),
    path("approvals/<int:approval_id>/", approvals.approval_detail, name="approval-detail"),
    path("approvals/<int:approval_id>/decide/", approvals.approval_decide, name="approval-decide"),
    path(
        "approvals/<int:approval_id>/withdraw/",
        approvals.approval_withdraw,
        name="approval-withdraw",
    ),
]
