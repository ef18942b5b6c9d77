"""Documents that suppliers sign."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
