"""Home, search, health, settings."""

from __future__ import annotations

from tests.permissions.table import CAST, Row, who

EVERYBODY = dict.fromkeys(CAST, 200)
SIGNED_IN = who(rest=200)
OWN_ONLY = who(rest=404, csr_specialist=302)
ADMIN = who(admin=200)
PERSON = {"name": "New Person", "email": "new@example.test", "roles": ["auditor"]}

ROWS = (
    Row("portal:home", "GET", SIGNED_IN),
    Row("portal:search", "GET", SIGNED_IN, query="?q=tin"),
    Row("portal:notification-list", "GET", SIGNED_IN),
    Row("portal:notification-read-all", "POST", who(rest=302)),
    Row("portal:notification-open", "POST", OWN_ONLY, ("notification",)),
    Row("portal:notification-read", "POST", OWN_ONLY, ("notification",)),
    # Shown in demo mode only (tests/portal/test_demo_surveys.py).
    Row("portal:mail-list", "GET", who(rest=404)),
    Row("portal:mail-detail", "GET", who(rest=404), ("one.eml",)),
    Row("portal:healthz", "GET", EVERYBODY),
    Row("portal:readyz", "GET", EVERYBODY),
    Row("favicon", "GET", dict.fromkeys(CAST, 302)),
    Row("portal:settings", "GET", ADMIN),
    Row("portal:settings-user-list", "GET", ADMIN),
    Row("portal:settings-user-export", "GET", ADMIN),
    Row("portal:settings-user-create", "GET", ADMIN),
    Row("portal:settings-user-create", "POST", ADMIN, data=PERSON),
    Row("portal:settings-user-edit", "GET", ADMIN, ("person",)),
    Row("portal:settings-user-edit", "POST", who(admin=302), ("person",), PERSON),
    Row("portal:settings-user-close", "POST", who(admin=302), ("person",)),
    Row("portal:settings-user-reopen", "POST", who(admin=302), ("person",)),
    Row("portal:settings-user-invite", "POST", ADMIN, ("person",)),
    Row("portal:settings-user-second-factor", "POST", who(admin=302), ("person",)),
    Row("portal:settings-user-token", "POST", who(admin=302), ("person", "token")),
)
