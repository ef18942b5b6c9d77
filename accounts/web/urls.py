"""Addresses of one's own account, beside those of the sign-in library."""

from django.urls import path

from accounts.web import views

app_name = "accounts"
urlpatterns = [
    path("profile/", views.profile, name="profile"),
    path("tokens/", views.token_list, name="token-list"),
    path("tokens/new/", views.token_create, name="token-create"),
    path("tokens/<str:key>/revoke/", views.token_revoke, name="token-revoke"),
]
