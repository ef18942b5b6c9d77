"""Supplier pages: for the company's own people."""

from __future__ import annotations

from tests.permissions.table import API_SIGN_IN, Expected, Row, api, editors, matchers, who

STAFF_ONLY = who(staff=200)
SUPPLIER = {"code": "S-9", "name": "New Supplier"}
CONTACT = {"email": "new@example.test", "name": "New Contact"}
PERSON = {"name": "New Person", "email": "person@example.test", "role": "quality"}
SITE = {"code": "X-1", "name": "New Site", "is_active": "on"}
SPEND = {"year": "2025", "currency": "CNY", "amount": "12.50"}
SPEND_KEY = ("supplier", "spend_year", "spend_currency")
API_PERSON = {"supplier": "S-1", **PERSON}
API_SITE = {"supplier": "S-1", "code": "X-1", "name": "New Site"}
OWN = api(rest=404, staff=200, supplier_user=200)
OWN_EDIT = api(
    rest=403, nobody=404, other_supplier_user=404, buyer=200, csr_specialist=200, admin=200
)
OWN_DELETE = OWN_EDIT | {"buyer": 204, "csr_specialist": 204, "admin": 204}
CATEGORY = {"code": "NEW", "name": "New category", "is_active": "on"}
# Outsiders are told that there is no such supplier before they are told that they may not.


def after_looking(allowed: int) -> Expected:
    return who(
        nobody=404,
        other_supplier_user=404,
        buyer=allowed,
        csr_specialist=allowed,
        admin=allowed,
    )


STAFF_SEES = after_looking(302)

ROWS = (
    Row("suppliers:wrong-contact", "GET", who(contacts=200)),
    Row("suppliers:wrong-contact", "POST", who(contacts=302), data={"name": "Right Person"}),
    Row("suppliers:evidence-download", "GET", who(rest=404), ("none",)),
    Row("suppliers:supplier-list", "GET", STAFF_ONLY),
    Row("suppliers:supplier-export", "GET", STAFF_ONLY),
    Row("suppliers:supplier-detail", "GET", STAFF_ONLY, ("supplier",)),
    Row("suppliers:supplier-detail", "POST", editors(200), ("supplier",), CONTACT),
    Row("suppliers:supplier-timeline-export", "GET", STAFF_ONLY, ("supplier",)),
    Row("suppliers:supplier-create", "GET", editors(200)),
    Row("suppliers:supplier-create", "POST", editors(302), data=SUPPLIER),
    Row("suppliers:supplier-edit", "GET", editors(200), ("supplier",)),
    Row("suppliers:supplier-edit", "POST", editors(302), ("supplier",), SUPPLIER),
    Row("suppliers:supplier-delete", "POST", editors(302), ("supplier",)),
    Row("suppliers:contact-export", "GET", STAFF_ONLY, ("supplier",)),
    Row("suppliers:contact-create", "GET", editors(200), ("supplier",)),
    Row("suppliers:contact-create", "POST", editors(302), ("supplier",), PERSON),
    Row("suppliers:contact-edit", "GET", editors(200), ("supplier", "person_record")),
    Row("suppliers:contact-edit", "POST", editors(302), ("supplier", "person_record"), PERSON),
    Row("suppliers:contact-access", "POST", after_looking(200), ("supplier", "person_record")),
    Row(
        "suppliers:contact-access-remove",
        "POST",
        STAFF_SEES,
        ("supplier", "contact_record"),
    ),
    Row("suppliers:contact-remove", "POST", STAFF_SEES, ("supplier", "contact_record")),
    Row("suppliers:spend-create", "GET", editors(200), ("supplier",)),
    Row("suppliers:spend-create", "POST", editors(302), ("supplier",), SPEND),
    Row("suppliers:spend-edit", "GET", editors(200), SPEND_KEY),
    Row("suppliers:spend-edit", "POST", editors(302), SPEND_KEY, {"amount": "2"}),
    Row("suppliers:spend-remove", "POST", STAFF_SEES, SPEND_KEY),
    Row("suppliers:site-create", "GET", editors(200), ("supplier",)),
    Row("suppliers:site-create", "POST", editors(302), ("supplier",), SITE),
    Row("suppliers:site-edit", "GET", editors(200), ("supplier", "site")),
    Row("suppliers:site-edit", "POST", editors(302), ("supplier", "site"), SITE),
    Row("suppliers:site-remove", "POST", STAFF_SEES, ("supplier", "site")),
    Row("suppliers:category-list", "GET", who(admin=200)),
    Row("suppliers:category-export", "GET", who(admin=200)),
    Row("suppliers:category-create", "GET", who(admin=200)),
    Row("suppliers:category-create", "POST", who(admin=302), data=CATEGORY),
    Row("suppliers:category-edit", "GET", who(admin=200), ("tree_category",)),
    Row("suppliers:category-edit", "POST", who(admin=302), ("tree_category",), CATEGORY),
    Row("suppliers:category-delete", "POST", who(admin=302), ("tree_category",)),
    Row("api-contact-list", "GET", api(rest=200)),
    Row("api-contact-list", "POST", editors(201, 401), data=API_PERSON, json=True),
    Row("api-contact-detail", "GET", OWN, ("contact_record",)),
    Row("api-contact-detail", "PATCH", OWN_EDIT, ("contact_record",), {"phone": "1"}, json=True),
    Row("api-contact-detail", "DELETE", OWN_DELETE, ("contact_record",)),
    Row("api-site-list", "GET", api(rest=200)),
    Row("api-site-list", "POST", editors(201, 401), data=API_SITE, json=True),
    Row("api-site-detail", "GET", OWN, ("site",)),
    Row("api-site-detail", "PATCH", OWN_EDIT, ("site",), {"city": "X"}, json=True),
    Row("api-site-detail", "DELETE", OWN_DELETE, ("site",)),
    Row("api-category-list", "GET", api(rest=200)),
    Row("api-category-list", "POST", api(admin=201), data=CATEGORY, json=True),
    Row("api-category-detail", "GET", api(rest=200), ("tree_category",)),
    Row("api-category-detail", "PATCH", api(admin=200), ("tree_category",), CATEGORY, json=True),
    Row("api-category-detail", "DELETE", api(admin=204), ("tree_category",)),
    Row("suppliers:supplier-merge", "GET", matchers(200), ("supplier",)),
    Row(
        "api-supplier-merge",
        "POST",
        matchers(200, API_SIGN_IN),
        ("supplier",),
        {"duplicate": "S-2", "confirmed": True},
        json=True,
    ),
    Row(
        "suppliers:supplier-merge",
        "POST",
        matchers(302),
        ("supplier",),
        {"other": "S-2", "confirmed": "on"},
    ),
)
