"""The REST API: one router over all apps."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import SimpleRouter

from accounts.api.views import TokenListView, TokenView
from minerals.api import urls as minerals_api
from portal.api.merging import MergeView
from portal.api.notifications import NotificationViewSet
from portal.api.timeline import TimelineView
from suppliers.api import urls as supplier_api
from surveys.api import urls as surveys_api

router = SimpleRouter()
for prefix, viewset, basename in (
    *supplier_api.ROUTES,
    *minerals_api.ROUTES,
    *surveys_api.ROUTES,
):
    router.register(prefix, viewset, basename=basename)
router.register("notifications", NotificationViewSet, basename="api-notification")

urlpatterns = [
    path("", include(router.urls)),
    *supplier_api.urlpatterns,
    *minerals_api.urlpatterns,
    path("suppliers/<int:supplier_id>/merge/", MergeView.as_view(), name="api-supplier-merge"),
    path("suppliers/<int:supplier_id>/timeline/", TimelineView.as_view(), name="api-timeline"),
    path("auth/tokens/", TokenListView.as_view(), name="api-token-list"),
    path("auth/tokens/<str:key>/", TokenView.as_view(), name="api-token"),
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="api-schema"), name="api-docs"),
]
