"""Addresses of reviews, questions to suppliers and what is in our products."""

from django.urls import path

from minerals.web import batch_review, clarification_list, clarifications, product_links, reviews

urlpatterns = [
    path("declarations/accept/", batch_review.accept_selected, name="declaration-accept-selected"),
    path("declarations/<int:pk>/review/", reviews.review_step, name="declaration-review"),
    path("declarations/<int:pk>/findings/", reviews.finding_decide, name="finding-decide"),
    path(
        "finding-decisions/<int:pk>/undo/",
        reviews.finding_decision_undo,
        name="finding-decision-undo",
    ),
    path("declarations/<int:pk>/questions/", clarifications.questions_send, name="questions-send"),
    path("clarifications/", clarification_list.clarification_list, name="clarification-list"),
    path(
        "clarifications/export/",
        clarification_list.clarification_export,
        name="clarification-export",
    ),
    path(
        "clarifications/<int:pk>/", clarifications.clarification_detail, name="clarification-detail"
    ),
    path(
        "clarifications/<int:pk>/answer/",
        clarifications.clarification_answer,
        name="clarification-answer",
    ),
    path(
        "clarifications/<int:pk>/file/",
        clarifications.clarification_file,
        name="clarification-file",
    ),
    path(
        "clarifications/<int:pk>/close/",
        clarifications.clarification_close,
        name="clarification-close",
    ),
    path(
        "clarifications/<int:pk>/take-back/",
        clarifications.clarification_take_back,
        name="clarification-take-back",
    ),
    path("smelter-rows/<int:pk>/link/", product_links.product_link, name="product-link"),
]
