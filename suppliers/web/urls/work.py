"""Saved views and scopes of buyers."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
