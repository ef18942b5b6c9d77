"""The risk of suppliers, its policy, the lists of countries: pages and API."""

from __future__ import annotations

from minerals.rules.risk.policy import DEFAULTS
from tests.permissions.table import API_SIGN_IN, Expected, Row, api, matchers, who

STAFF_ONLY = who(staff=200)
API_STAFF = api(staff=200)
ADMIN = who(admin=302)
ONE = ("supplier",)
EVENT = {"kind": "false_data", "happened_on": "2026-01-15", "note": "Told by a customer"}
LEVEL = {"level": "high", "reason": "Seen on site"}
COUNTRY = {"kind": "transit", "country": "PE", "valid_from": "2026-01-01", "source": "Edition 9"}
NOTE = {"note": "Stricter"}
END_DAY = {"valid_until": "2026-06-30"}


def reporters(allowed: int, anonymous: int = 302, **named: int) -> Expected:
    """Whoever works with suppliers, auditors too."""
    people = dict.fromkeys(("buyer", "csr_specialist", "auditor", "admin"), allowed)
    return who(anonymous, **{**people, **named})


def api_matchers(allowed: int) -> Expected:
    return matchers(allowed, API_SIGN_IN)


ROWS: tuple[Row, ...] = (
    Row("minerals:risk-list", "GET", STAFF_ONLY),
    Row("minerals:risk-export", "GET", STAFF_ONLY),
    Row("minerals:risk-supplier", "GET", STAFF_ONLY, ONE),
    Row("minerals:risk-history-export", "GET", STAFF_ONLY, ONE),
    Row("minerals:risk-event-record", "GET", reporters(200), ONE),
    Row("minerals:risk-event-record", "POST", reporters(302), ONE, EVENT),
    Row("minerals:risk-event-end", "GET", matchers(200), ("risk_event",)),
    Row("minerals:risk-event-end", "POST", matchers(302), ("risk_event",), NOTE),
    Row("minerals:risk-level", "GET", reporters(200), ONE),
    Row("minerals:risk-level", "POST", reporters(302), ONE, LEVEL),
    Row("minerals:risk-override-detail", "GET", STAFF_ONLY, ("risk_asked",)),
    Row(
        "minerals:risk-override-decide",
        "POST",
        matchers(302),
        ("risk_asked",),
        {"verdict": "grant"},
    ),
    Row("minerals:risk-override-end", "POST", matchers(302), ("risk_raised",), NOTE),
    Row("minerals:policy", "GET", STAFF_ONLY),
    Row("minerals:policy-detail", "GET", STAFF_ONLY, ("policy_number",)),
    Row("minerals:policy-draft", "GET", matchers(200)),
    Row("minerals:policy-draft", "POST", matchers(302), data={**DEFAULTS, "programme.A": 6}),
    Row("minerals:policy-draft-start", "POST", matchers(302)),
    Row("minerals:policy-draft-drop", "POST", matchers(302)),
    Row("minerals:policy-effect", "GET", matchers(200)),
    Row("minerals:policy-effect-export", "GET", matchers(200)),
    Row("minerals:policy-publish", "POST", ADMIN, data=NOTE),
    Row("minerals:country-list", "GET", STAFF_ONLY),
    Row("minerals:country-export", "GET", STAFF_ONLY),
    Row("minerals:country-add", "GET", matchers(200)),
    Row("minerals:country-add", "POST", matchers(302), data=COUNTRY),
    Row("minerals:country-end", "GET", matchers(200), ("listing",)),
    Row("minerals:country-end", "POST", matchers(302), ("listing",), END_DAY),
    Row("api-risk-rating-list", "GET", API_STAFF),
    Row("api-risk-rating-detail", "GET", API_STAFF, ("risk_rating",)),
    Row("api-supplier-risk", "GET", API_STAFF, ONE),
    Row("api-risk-event-list", "GET", API_STAFF),
    Row(
        "api-risk-event-list",
        "POST",
        reporters(201, API_SIGN_IN),
        data={"supplier": "supplier", **EVENT},
        json=True,
    ),
    Row("api-risk-event-end", "POST", api_matchers(200), ("risk_event",), NOTE, json=True),
    Row("api-risk-level-list", "GET", API_STAFF),
    Row("api-risk-level-detail", "GET", API_STAFF, ("risk_asked",)),
    Row(
        "api-risk-level-list",
        "POST",
        reporters(201, API_SIGN_IN),
        data={"supplier": "supplier", **LEVEL},
        json=True,
    ),
    Row(
        "api-risk-level-decide",
        "POST",
        api_matchers(200),
        ("risk_asked",),
        {"grant": True},
        json=True,
    ),
    Row("api-risk-level-end", "POST", api_matchers(200), ("risk_raised",), NOTE, json=True),
    Row("api-risk-policy-list", "GET", API_STAFF),
    Row("api-risk-policy-detail", "GET", API_STAFF, ("policy_number",)),
    Row(
        "api-risk-policy-draft",
        "PUT",
        api_matchers(200),
        data={"numbers": {"programme.A": 6}},
        json=True,
    ),
    Row("api-risk-policy-draft", "DELETE", api_matchers(200)),
    Row("api-risk-policy-publish", "POST", api(admin=202), data=NOTE, json=True),
    Row(
        "api-risk-policy-dry-run",
        "POST",
        api_matchers(200),
        data={"numbers": {"level.medium_from": 10}},
        json=True,
    ),
    Row("api-country-listing-list", "GET", API_STAFF),
    Row("api-country-listing-list", "POST", api_matchers(201), data=COUNTRY, json=True),
    Row("api-country-listing-end", "POST", api_matchers(200), ("listing",), END_DAY, json=True),
)
