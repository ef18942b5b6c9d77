"""Pages of declarations, matches and the reference list.

An object that belongs to another supplier does not exist for a contact: 404.
"""

from __future__ import annotations

from tests.permissions.table import Row, editors, matchers, who

# Everybody who sees declarations at all; a person without a role does not.
VIEWERS = who(staff=200, contacts=200)
OBJECT = who(rest=404, staff=200, supplier_user=200)
ORDERED = who(rest=404, staff=302, supplier_user=302)
STAFF_ONLY = who(staff=200)
PK = ("declaration",)

ROWS = (
    Row("minerals:declaration-list", "GET", VIEWERS),
    Row("minerals:declaration-export", "GET", VIEWERS),
    Row(
        "minerals:declaration-upload",
        "GET",
        who(contacts=200, buyer=200, csr_specialist=200, admin=200),
    ),
    Row(
        "minerals:declaration-upload",
        "POST",
        who(
            supplier_user=302,
            other_supplier_user=422,
            buyer=302,
            csr_specialist=302,
            admin=302,
        ),
        data={"supplier": "supplier", "files": "FILE"},
    ),
    Row("minerals:upload-batch", "GET", OBJECT, ("batch",)),
    Row("minerals:upload-batch-cards", "GET", {**OBJECT, "anonymous": 401}, ("batch",), htmx=True),
    Row("minerals:declaration-detail", "GET", OBJECT, PK),
    Row("minerals:declaration-original", "GET", OBJECT, PK),
    Row("minerals:declaration-correction", "GET", OBJECT, PK, query="?job={correction_job}"),
    Row("minerals:declaration-correction", "POST", ORDERED, PK),
    Row(
        "minerals:declaration-correction-download",
        "GET",
        OBJECT,
        PK,
        query="?job={correction_job}",
    ),
    Row(
        "minerals:declaration-assign",
        "POST",
        editors(302) | {"nobody": 404, "other_supplier_user": 404},
        PK,
        {"supplier": "other_supplier"},
    ),
    Row("minerals:declaration-compare", "GET", OBJECT, ("declaration", "old_declaration")),
    Row(
        "minerals:match-decide",
        "POST",
        matchers(302, rest=404, supplier_user=403, buyer=403, auditor=403, esg_reporter=403),
        ("line",),
        {"cid": "cid", "kind": "confirmed"},
    ),
    Row(
        "minerals:match-candidates",
        "GET",
        matchers(200, rest=403),
        ("line",),
    ),
    Row("minerals:decision-list", "GET", STAFF_ONLY),
    Row("minerals:decision-undo", "POST", matchers(302), ("decision",)),
    Row("minerals:snapshot-list", "GET", who(rest=200)),
    Row("minerals:snapshot-list", "POST", who(admin=422), data={"file": "FILE"}),
    Row("minerals:snapshot-detail", "GET", STAFF_ONLY, ("snapshot",)),
    Row("minerals:snapshot-export", "GET", STAFF_ONLY, ("snapshot",)),
    Row("minerals:template-download", "GET", who(rest=200, nobody=404), ("snapshot",)),
)
