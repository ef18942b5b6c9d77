"""Lifecycle, qualifications, limits, waivers."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
