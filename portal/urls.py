"""Addresses of the pages across apps."""

from django.urls import path

from portal import mail_pages, notification_pages, settings_pages, views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("notifications/", notification_pages.notification_list, name="notification-list"),
    path(
        "notifications/read/",
        notification_pages.notification_read_all,
        name="notification-read-all",
    ),
    path(
        "notifications/<int:notification_id>/open/",
        notification_pages.notification_open,
        name="notification-open",
    ),
    path(
        "notifications/<int:notification_id>/read/",
        notification_pages.notification_read,
        name="notification-read",
    ),
    path("mails/", mail_pages.mail_list, name="mail-list"),
    path("mails/<str:name>/", mail_pages.mail_detail, name="mail-detail"),
    path("settings/", settings_pages.settings_home, name="settings"),
    path("settings/users/", settings_pages.user_list, name="settings-user-list"),
    path("settings/users/export/", settings_pages.user_export, name="settings-user-export"),
    path("settings/users/new/", settings_pages.user_create, name="settings-user-create"),
    path("settings/users/<int:user_id>/", settings_pages.user_edit, name="settings-user-edit"),
    path(
        "settings/users/<int:user_id>/close/", settings_pages.user_close, name="settings-user-close"
    ),
    path(
        "settings/users/<int:user_id>/reopen/",
        settings_pages.user_reopen,
        name="settings-user-reopen",
    ),
    path(
        "settings/users/<int:user_id>/invite/",
        settings_pages.user_invite,
        name="settings-user-invite",
    ),
    path(
        "settings/users/<int:user_id>/second-factor/reset/",
        settings_pages.user_reset_second_factor,
        name="settings-user-second-factor",
    ),
    path(
        "settings/users/<int:user_id>/tokens/<str:key>/revoke/",
        settings_pages.user_revoke_token,
        name="settings-user-token",
    ),
]
