"""Inherent risk in words."""

from __future__ import annotations

from django.utils.translation import pgettext

from core.badges import Badge
from suppliers.rules.inherent_risk import InherentRisk


def risk_badge(risk: InherentRisk) -> Badge:
    words = {
        "low": ("quiet", pgettext("risk", "Low"), "circle-check"),
        "medium": ("soon", pgettext("risk", "Medium"), "alert-triangle"),
        "high": ("now", pgettext("risk", "High"), "alert-octagon"),
        "unknown": ("unknown", pgettext("risk", "Not known"), "circle-dashed"),
    }
    return Badge(*words[risk.level])
