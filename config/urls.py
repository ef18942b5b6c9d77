"""Every address of the application."""

from django.urls import include, path, re_path
from django.views.generic import RedirectView

from accounts.web.views import closed_sign_up, email_is_managed, set_language
from core.read_only_admin import site as admin_site
from portal.merge_page import supplier_merge
from portal.password_page import PasswordByLink
from portal.supplier_page import supplier_detail, timeline_export
from suppliers.web import urls as supplier_pages

# The page of one supplier shows declarations too, which the suppliers app does not know.
SUPPLIER_PAGES = [
    *supplier_pages.urlpatterns,
    path("<int:supplier_id>/", supplier_detail, name="supplier-detail"),
    path("<int:supplier_id>/merge/", supplier_merge, name="supplier-merge"),
    path("<int:supplier_id>/timeline/export/", timeline_export, name="supplier-timeline-export"),
]

handler400 = "config.error_pages.bad_request"
handler404 = "config.error_pages.page_not_found"
handler500 = "config.error_pages.server_error"

urlpatterns = [
    path("", include("portal.urls")),
    path("suppliers/", include((SUPPLIER_PAGES, supplier_pages.app_name))),
    path("minerals/", include("minerals.web.urls")),
    path("", include("surveys.web.urls")),
    path("me/", include("accounts.web.urls")),
    # Ahead of the sign-in library's own pages, which this product does not offer or words itself.
    path("accounts/signup/", closed_sign_up, name="account_signup"),
    path("accounts/email/", email_is_managed, name="account_email"),
    re_path(
        r"^accounts/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        PasswordByLink.as_view(),
        name="account_reset_password_from_key",
    ),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("i18n/setlang/", set_language, name="set_language"),
    path("api/v1/", include("config.api")),
    # Pages of libraries do not name our icon.
    path("favicon.ico", RedirectView.as_view(url="/static/img/mark.svg"), name="favicon"),
    path("admin/", admin_site.urls),
]
