"""Self-assessments. A form of another supplier does not exist for a contact: 404."""

from __future__ import annotations

from tests.permissions.table import API_SIGN_IN, Row, api, editors, matchers, who

STAFF_ONLY = who(staff=200)
FORM = ("assessment",)
CODE = ("assessment", "question_code")
EDITION = ("edition",)
DRAFT = ("draft",)
# Of the form of ``supplier``: its own contact answers, our people may not, others see nothing.
OWN = who(rest=403, nobody=404, other_supplier_user=404, supplier_user=200)
OWN_MOVED = {**OWN, "supplier_user": 302}
OBJECT = who(rest=404, staff=200, supplier_user=200)
REVIEW = matchers(302, nobody=404, supplier_user=404)
ADMIN = who(admin=200)
# A draft is seen by administrators only; others who read questionnaires find nothing.
DRAFTED = who(admin=302)
NEW_EDITION = {"code": "csr-2028", "title": "Form", "local_title": "问卷", "valid_months": 12}
QUESTION = {
    "area": "labour",
    "code": "LAB-7",
    "text_en": "Holidays are paid.",
    "text_zh": "带薪休假。",
    "kind": "graded",
    "weight": 1,
}
DUE = "2999-01-01"
ASK = {"suppliers": [1], "due_on": DUE}
API_OBJECT = api(rest=404, staff=200, supplier_user=200)
API_OWN = {**OWN, "anonymous": API_SIGN_IN}

ROWS: tuple[Row, ...] = (
    Row("suppliers:assessment-list", "GET", STAFF_ONLY),
    Row("suppliers:assessment-export", "GET", STAFF_ONLY),
    Row("suppliers:assessment-own", "GET", who(contacts=200)),
    Row("suppliers:assessment-request", "GET", editors(200)),
    Row("suppliers:assessment-send", "GET", editors(200), query="?supplier={supplier}"),
    Row("suppliers:assessment-send-selected", "GET", editors(200), query="?ids={supplier}"),
    Row(
        "suppliers:assessment-send-selected",
        "POST",
        editors(422),
        data={"suppliers": "supplier", "due_on": DUE},
    ),
    # Refused by the due date, which proves that they may.
    Row(
        "suppliers:assessment-send",
        "POST",
        editors(422),
        data={"suppliers": "supplier", "due_on": DUE},
    ),
    Row("suppliers:assessment-detail", "GET", OBJECT, FORM),
    Row(
        "suppliers:assessment-review",
        "POST",
        {**REVIEW, "other_supplier_user": 403},
        ("handed_in",),
        {"decision": "accept"},
    ),
    Row(
        "suppliers:assessment-cancel",
        "POST",
        editors(302) | {"nobody": 404, "other_supplier_user": 404},
        FORM,
    ),
    Row("suppliers:assessment-area", "GET", OWN, ("assessment", "area")),
    Row("suppliers:assessment-area", "POST", OWN_MOVED, ("assessment", "area")),
    Row("suppliers:assessment-confirm", "POST", OWN_MOVED, ("assessment", "area")),
    Row("suppliers:assessment-answer", "GET", {**OWN, "anonymous": 401}, CODE, htmx=True),
    Row("suppliers:assessment-answer", "POST", {**OWN, "anonymous": 401}, CODE, htmx=True),
    Row("suppliers:assessment-evidence", "POST", OWN_MOVED, CODE, {"evidence": "FILE"}),
    Row("suppliers:assessment-evidence-remove", "POST", OWN_MOVED, (*CODE, "answer_file")),
    Row("suppliers:assessment-copy", "POST", OWN_MOVED, FORM),
    Row("suppliers:assessment-submit", "POST", OWN_MOVED, FORM),
    Row("suppliers:assessment-workbook", "GET", OWN, FORM),
    Row("suppliers:assessment-upload", "GET", OWN, FORM),
    Row(
        "suppliers:assessment-upload",
        "POST",
        {**OWN, "supplier_user": 422},
        FORM,
        {"file": "FILE"},
    ),
    Row("suppliers:questionnaire-list", "GET", STAFF_ONLY),
    Row("suppliers:questionnaire-export", "GET", STAFF_ONLY),
    Row("suppliers:questionnaire-detail", "GET", STAFF_ONLY, EDITION),
    Row("suppliers:questionnaire-copy", "GET", ADMIN, EDITION),
    Row("suppliers:questionnaire-copy", "POST", DRAFTED, EDITION, NEW_EDITION),
    Row("suppliers:questionnaire-edit", "GET", ADMIN, DRAFT),
    Row("suppliers:questionnaire-edit", "POST", DRAFTED, DRAFT, NEW_EDITION),
    Row("suppliers:questionnaire-publish", "POST", DRAFTED, DRAFT),
    Row("suppliers:questionnaire-delete", "POST", DRAFTED, DRAFT),
    Row("suppliers:questionnaire-question-create", "GET", ADMIN, DRAFT),
    Row("suppliers:questionnaire-question-create", "POST", DRAFTED, DRAFT, QUESTION),
    Row("suppliers:questionnaire-question-edit", "GET", ADMIN, ("draft", "draft_question")),
    Row(
        "suppliers:questionnaire-question-edit",
        "POST",
        DRAFTED,
        ("draft", "draft_question"),
        QUESTION,
    ),
    Row("suppliers:questionnaire-question-delete", "POST", DRAFTED, ("draft", "draft_question")),
    Row("api-assessment-list", "GET", api(rest=200)),
    Row("api-assessment-list", "POST", editors(400, API_SIGN_IN), data=ASK, json=True),
    Row("api-assessment-detail", "GET", API_OBJECT, FORM),
    Row(
        "api-assessment-answers",
        "PATCH",
        API_OWN,
        FORM,
        {"answers": [{"code": "LAB-2", "grade": "yes"}]},
        json=True,
    ),
    Row("api-assessment-submit", "POST", {**API_OWN, "supplier_user": 409}, FORM, json=True),
    Row(
        "api-assessment-review",
        "POST",
        matchers(200, API_SIGN_IN, nobody=404, supplier_user=404, other_supplier_user=403),
        ("handed_in",),
        {"decision": "accept"},
        json=True,
    ),
    Row(
        "api-assessment-cancel",
        "POST",
        editors(200, API_SIGN_IN) | {"nobody": 404, "other_supplier_user": 404},
        FORM,
        json=True,
    ),
    # The file of the table is none of the kinds that prove something.
    Row(
        "api-assessment-evidence",
        "POST",
        {**API_OWN, "supplier_user": 400},
        CODE,
        {"evidence": "FILE"},
    ),
    Row(
        "api-assessment-evidence-file",
        "DELETE",
        {**API_OWN, "supplier_user": 204},
        ("assessment", "answer_file"),
    ),
    Row("api-assessment-workbook", "GET", API_OWN, FORM),
    Row(
        "api-assessment-workbook",
        "POST",
        {**API_OWN, "supplier_user": 400},
        FORM,
        {"file": "FILE"},
    ),
    Row("api-questionnaire-list", "GET", api(staff=200)),
    Row("api-questionnaire-detail", "GET", api(staff=200), EDITION),
)
