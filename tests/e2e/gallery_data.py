"""Invented content for the gallery of components."""

from __future__ import annotations

from typing import Any

SMELTERS = [
    {"name": "Bright Tin Co. (demo)", "cid": "CID900001", "metal": "Tin", "country": "China",
     "tone": "verified", "status": "Conformant", "share": 61},
    {"name": "Alpha Assembly (demo)", "cid": "CID900002", "metal": "Tin", "country": "Bolivia",
     "tone": "unknown", "status": "Not known", "share": 3},
    {"name": "Golden Contact Refinery (demo)", "cid": "CID900003", "metal": "Gold",
     "country": "United Arab Emirates", "tone": "now", "status": "Restricted", "share": 12},
    {"name": "Nordic Tantal AB (demo)", "cid": "CID900004", "metal": "Tantalum",
     "country": "Sweden", "tone": "soon", "status": "Expires in 20 days", "share": 1204},
]  # fmt: skip

HOME: dict[str, Any] = {
    "greeting": "Good morning, Lin Yue",
    "headline": "Survey 2026: 212 of 277 received (77 %) · 31 days left",
    "actions": [{"url": "#", "icon": "upload", "label": "Upload declarations"}],
    "stats": [
        {"label": "Declarations received", "value": "212", "detail": "of 277 asked",
         "icon": "file-spreadsheet"},
        {"label": "Open errors", "value": "38", "detail": "in 14 declarations",
         "icon": "alert-octagon", "tone": "now"},
        {"label": "Matches to confirm", "value": "12", "icon": "checks", "tone": "soon"},
        {"label": "Smelters conformant", "value": "81 %", "detail": "of 1,057 named",
         "icon": "circle-check", "tone": "verified"},
    ],
    "waiting_count": 14,
    "waiting": [
        {"severity": "error", "url": "#", "title": "Approve a restriction",
         "detail": "Bright Tin Co. (demo) · overdue 2 days"},
        {"severity": "warning", "url": "#", "title": "Confirm 12 smelter matches",
         "detail": "Golden Contact Ltd (demo) · 4 days left"},
        {"severity": "info", "url": "#", "title": "A clarification was answered",
         "detail": "Nordic Tantal AB (demo) · 3 findings"},
    ],
    "changes": [
        {"title": "9 declarations judged, 2 with errors", "url": "#"},
        {"title": "Smelter list of 18 Nov: 4 changes, 11 suppliers affected", "url": "#"},
    ],
}  # fmt: skip
