"""Inherent risk in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from suppliers.rules.inherent_risk import InherentRisk
from suppliers.web.assessment_words import Badge


@dataclass(frozen=True, slots=True)
class RiskLine:
    """One component: label, points of the highest possible, None when not known."""

    label: str
    points: int | None
    highest: int
    missing: str


def risk_badge(risk: InherentRisk) -> Badge:
    words = {
        "low": ("quiet", pgettext("risk", "Low"), "circle-check"),
        "medium": ("soon", pgettext("risk", "Medium"), "alert-triangle"),
        "high": ("now", pgettext("risk", "High"), "alert-octagon"),
        "unknown": ("unknown", pgettext("risk", "Not known"), "circle-dashed"),
    }
    return Badge(*words[risk.level])


def risk_lines(risk: InherentRisk) -> list[RiskLine]:
    missing = {
        "country": _("The country is not given, or has no points in the table."),
        "sector": _("No category is given, or one has no points in the table."),
        "kind": _("The kind has no points in the table."),
    }
    parts = (
        ("country", _("Country or region"), risk.country, 6),
        ("sector", _("Category"), risk.sector, 4),
        ("kind", _("Kind"), risk.kind, 2),
    )
    return [
        RiskLine(label, points, highest, missing[name] if points is None else "")
        for name, label, points, highest in parts
    ]
