"""API addresses of reviews, questions to suppliers and product links."""

from django.urls import path

from minerals.api.clarifications import ClarificationViewSet
from minerals.api.review import (
    AcceptManyView,
    FindingDecisionsView,
    ProductLinkView,
    QuestionsView,
    ReviewView,
    UndoFindingDecisionView,
)

ROUTES = [("clarifications", ClarificationViewSet, "api-clarification")]
urlpatterns = [
    path("declarations/accept/", AcceptManyView.as_view(), name="api-accept-many"),
    path("declarations/<int:declaration_id>/review/", ReviewView.as_view(), name="api-review"),
    path(
        "declarations/<int:declaration_id>/finding-decisions/",
        FindingDecisionsView.as_view(),
        name="api-finding-decisions",
    ),
    path(
        "declarations/<int:declaration_id>/questions/",
        QuestionsView.as_view(),
        name="api-questions",
    ),
    path(
        "finding-decisions/<int:decision_id>/undo/",
        UndoFindingDecisionView.as_view(),
        name="api-finding-decision-undo",
    ),
    path("smelter-rows/<int:row_id>/link/", ProductLinkView.as_view(), name="api-product-link"),
]
