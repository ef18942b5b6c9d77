"""Requests that a second person decides."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
