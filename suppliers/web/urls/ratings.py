"""Ratings and tables of risk."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
