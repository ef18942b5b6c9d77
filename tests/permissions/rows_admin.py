"""Django's admin: a window for administrators, through which nobody writes."""

from __future__ import annotations

from core.read_only_admin import site
from tests.permissions.table import CAST, Row, who

# Strangers are sent to the sign-in page, people without the right to the admin's (refused there).
LOOK = who(rest=302, admin=200)
MOVED = dict.fromkeys(CAST, 302)
NEVER = who(rest=302, admin=403)


def _rows_of(label: str) -> list[Row]:
    name = f"admin:{label}"
    return [
        Row(f"{name}_changelist", "GET", LOOK),
        Row(f"{name}_add", "GET", NEVER),
        Row(f"{name}_add", "POST", NEVER, data={"name": "x"}),
        Row(f"{name}_change", "GET", LOOK, (label,)),
        Row(f"{name}_change", "POST", NEVER, (label,), {"name": "x"}),
        Row(f"{name}_delete", "GET", NEVER, (label,)),
        Row(f"{name}_delete", "POST", NEVER, (label,), {"post": "yes"}),
        Row(f"{name}_history", "GET", LOOK, (label,)),
    ]


MODELS = [f"{model._meta.app_label}_{model._meta.model_name}" for model in site._registry]
ROWS = (
    Row("admin:index", "GET", LOOK),
    Row("admin:app_list", "GET", LOOK, ("minerals",)),
    Row("admin:login", "GET", who(rest=403)),
    Row("admin:login", "POST", who(rest=403), data={"username": "x", "password": "y"}),
    Row("admin:logout", "POST", who(rest=302, admin=200)),
    Row("admin:password_change", "GET", MOVED),
    Row("admin:password_change_done", "GET", MOVED),
    Row("admin:autocomplete", "GET", who(rest=302, admin=403)),
    Row("admin:jsi18n", "GET", LOOK),
    Row("admin:view_on_site", "GET", who(rest=302, admin=404), ("1", "999999")),
    *(row for label in MODELS for row in _rows_of(label)),
)
