"""Whatever a buyer with a scope asks: a supplier outside is answered like one that is not there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core import clock
from core.errors import DomainError
from suppliers.models import RegistrationNumber, Supplier, SupplierContact
from suppliers.rules.import_plan import Values
from suppliers.selectors.links import input_of
from suppliers.selectors.suppliers import supplier_for
from suppliers.services.imports import confirm_import
from suppliers.services.scopes import set_scope
from suppliers.services.suppliers import update_supplier
from tests.api.conftest import ApiFor, api_for
from tests.suppliers.imports.files import checked, imported, undone, workbook, worked_off

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
Call = Callable[[Client, str, int], Any]
__all__ = ["api_for"]

NOBODYS_CODE, NOBODYS_KEY = "S-9", 987_654
NEW = {"code": "S-3", "name": "New Boards Co.", "categories": ["EL"], "country": "CN"}
TOMORROW = str(clock.today() + dt.timedelta(days=1))


def _post(route: str, data: Callable[[str, int], dict[str, Any]]) -> Call:
    return lambda client, code, key: client.post(reverse(route), data(code, key))


def _send(verb: str, address: str, data: Callable[[str, int], Any]) -> Call:
    def call(client: Client, code: str, key: int) -> Any:
        made = getattr(client, verb)
        return made(
            address.format(code=code, key=key), data(code, key), content_type="application/json"
        )

    return call


def _get(address: str) -> Call:
    return lambda client, code, key: client.get(address.format(code=code, key=key))


CALLS: dict[str, Call] = {
    "page of": _get("/suppliers/{key}/"),
    "documents of": _get("/suppliers/{key}/documents/"),
    "rating of": _get("/suppliers/{key}/rating/"),
    "parent by form": _post("suppliers:supplier-create", lambda c, k: {**NEW, "parent": c}),
    "parent by API": _send("post", "/api/v1/suppliers/", lambda c, k: {**NEW, "parent": c}),
    "parent by push": _send(
        "put", "/api/v1/suppliers/by-code/S-1/", lambda c, k: {"parent": c.lower()}
    ),
    "spend": _send("put", "/api/v1/suppliers/by-code/{code}/spend/2025/CNY/", lambda c, k: {
        "amount": "1"}),
    "spend of many": _send("post", "/api/v1/spend/", lambda c, k: [
        {"supplier": c, "year": "2025", "currency": "CNY", "amount": "1"}]),
    "spend asked for": _get("/api/v1/spend/?supplier={code}"),
    "contact": _send("post", "/api/v1/contacts/", lambda c, k: {"supplier": c, "name": "Li"}),
    "site": _send("post", "/api/v1/sites/", lambda c, k: {
        "supplier": c, "code": "A", "name": "A"}),
    "qualification": _send("post", "/api/v1/qualifications/", lambda c, k: {
        "supplier": c, "category": "EL", "explanation": "x"}),
    "waiver": _send("post", "/api/v1/waivers/", lambda c, k: {
        "supplier": c, "reason": "capacity", "starts_on": TOMORROW, "ends_on": TOMORROW,
        "explanation": "x"}),
    "sourcing check": _get("/suppliers/sourcing/?supplier={code}"),
    "sourcing check by name": _get("/suppliers/sourcing/?supplier={code} Contact"),
    "sourcing check of many": _post("suppliers:sourcing-bulk", lambda c, k: {"supplier": c}),
    "sourcing check as a file": lambda client, code, key: client.post(
        reverse("suppliers:sourcing-export") + "?format=csv", {"supplier": code}),
    "sourcing check by API": _get("/api/v1/sourcing-check/?supplier={code}"),
    "sourcing check of many by API": _send("post", "/api/v1/sourcing-check/", lambda c, k: {
        "suppliers": [c]}),
    "documents asked": _send("post", "/api/v1/document-requests/", lambda c, k: {
        "suppliers": [k], "documents": [1], "due_on": TOMORROW}),
    "documents asked by form": _get("/suppliers/documents/request/?suppliers={key}"),
    "documents asked of the selected": _get(
        "/suppliers/documents/request/selected/?ids={key}"),
    "form sent": _send("post", "/api/v1/assessments/", lambda c, k: {
        "suppliers": [k], "due_on": TOMORROW}),
    "form sent by page": _get("/suppliers/assessments/send/?suppliers={key}"),
    "merged": _send("post", "/api/v1/suppliers/{key}/merge/", lambda c, k: {"duplicate": c}),
    "selected": _get("/suppliers/bulk/buyer/?ids={key}"),
    "exported": _get("/suppliers/export/?format=csv&ids={key}"),
    "asked for by key": _get("/api/v1/status-changes/?supplier={key}"),
    "signatures of": _get("/api/v1/signatures/?supplier={key}"),
    "self-assessments of": _get("/api/v1/assessments/?supplier={key}"),
    "declarations of": _get("/api/v1/declarations/?supplier={key}"),
    "searched": _get("/search/?q={code}"),
}  # fmt: skip


def _said(answer: Any, code: str, key: int) -> tuple[int, str]:
    """What an answer tells beside what was asked."""
    chunks = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = str(chunks.decode("utf-8-sig"))
    # Tokens against forged requests differ from one page to the next.
    lines = [line for line in text.splitlines() if "csrf" not in line.lower()]
    text = "\n".join(lines).replace(code, "CODE").replace(code.lower(), "CODE")
    return answer.status_code, text.replace(str(key), "KEY")


@pytest.mark.parametrize("name", CALLS)
def test_it_is_answered_like_one_that_is_not_there(
    sign_in: SignIn, scoped: User, outside: Supplier, name: str
) -> None:
    # A key of as many digits as the other, and one that no page shows for another reason.
    code, key = "S-8", 123_321
    made = Supplier.objects.create(pk=key, code=code, name=f"{code} Contact", country="CN")
    made.categories.add(*outside.categories.all())
    client = sign_in(scoped)
    hidden = _said(CALLS[name](client, code, key), code, key)
    absent = _said(CALLS[name](client, NOBODYS_CODE, NOBODYS_KEY), NOBODYS_CODE, NOBODYS_KEY)
    assert hidden == absent


def _rows(actor: User, kind: str, head: tuple[str, ...], *rows: tuple[str, ...]) -> list[Values]:
    batch = checked(actor, workbook([head, *rows]), kind=kind)
    fields = ("action", "key", "target", "before", "after", "problems")
    return list(batch.rows.order_by("number").values(*fields))


def _as_asked(rows: list[Values], code: str) -> str:
    return str(rows).replace(code, "CODE")


@pytest.mark.parametrize(
    ("kind", "head", "row"),
    [
        ("suppliers", ("code", "name", "categories", "parent"), ("S-3", "New", "EL", "{code}")),
        ("contacts", ("supplier", "name", "is_primary"), ("{code}", "Li", "yes")),
        ("sites", ("supplier", "code", "name"), ("{code}", "A", "A")),
        ("spend", ("supplier", "year", "currency", "amount"), ("{code}", "2025", "CNY", "1")),
    ],
)
def test_imports_answer_alike(
    scoped: User, outside: Supplier, kind: str, head: tuple[str, ...], row: tuple[str, ...]
) -> None:
    SupplierContact.objects.create(supplier=outside, name="Wu", is_primary=True)
    answers = [
        _as_asked(_rows(scoped, kind, head, tuple(cell.format(code=code) for cell in row)), code)
        for code in (outside.code, NOBODYS_CODE)
    ]
    assert answers[0] == answers[1]
    assert "unknown" in answers[0]


def test_a_code_that_is_taken_names_nobody(
    sign_in: SignIn, api_for: ApiFor, scoped: User, outside: Supplier
) -> None:
    wanted = {**NEW, "code": outside.code.lower()}
    page = sign_in(scoped).post(reverse("suppliers:supplier-create"), wanted)
    client = api_for(scoped)
    posted = client.post("/api/v1/suppliers/", wanted, format="json")
    pushed = client.put(f"/api/v1/suppliers/by-code/{outside.code.lower()}/", NEW, format="json")
    rows = _rows(scoped, "suppliers", ("code", "name"), (outside.code.lower(), "New"))
    assert page.status_code == 422
    assert [one.json()["error"]["code"] for one in (posted, pushed)] == ["supplier_code_taken"] * 2
    assert [each["code"] for each in rows[0]["problems"]] == ["supplier_code_taken"]
    for text in (
        page.content.decode(),
        posted.content.decode(),
        pushed.content.decode(),
        str(rows),
    ):
        assert outside.name not in text
        assert outside.get_absolute_url() not in text
        assert outside.code not in text


def test_nobody_outside_is_named_as_alike(sign_in: SignIn, scoped: User, outside: Supplier) -> None:
    number = "91350100M000100Y43"
    RegistrationNumber.objects.create(supplier=outside, kind="uscc", number=number, key=number)
    wanted = {**NEW, "name": outside.name, "uscc": number}
    page = sign_in(scoped).post(reverse("suppliers:supplier-create"), wanted)
    assert page.status_code == 302
    head = ("code", "name", "categories", "uscc")
    rows = _rows(scoped, "suppliers", head, ("S-4", outside.name, "EL", number))
    assert outside.code not in str(rows)


@pytest.fixture
def child(inside: Supplier, outside: Supplier, admin: User) -> Supplier:
    """Inside, with a parent company outside, given by somebody who sees both."""
    return update_supplier(admin, inside.pk, replace(input_of(inside), parent=outside.code))


def test_a_parent_outside_is_shown_nowhere(
    sign_in: SignIn, scoped: User, child: Supplier, outside: Supplier
) -> None:
    client = sign_in(scoped)
    for address in (
        child.get_absolute_url(),
        f"{child.get_absolute_url()}?tab=timeline",
        f"/suppliers/{child.pk}/timeline/export/?format=csv",
        f"/suppliers/{child.pk}/edit/",
        "/suppliers/?columns=name,parent",
        "/suppliers/export/?format=csv&columns=name,parent",
        "/suppliers/export/suppliers/?format=csv",
        "/api/v1/suppliers/",
        f"/api/v1/suppliers/{child.pk}/",
    ):
        answer = client.get(address)
        assert answer.status_code == 200
        _status, text = _said(answer, "-", 0)
        assert child.name in text or "timeline" in address
        assert outside.code not in text, address
        assert outside.name not in text, address


def test_a_parent_outside_stays_while_no_other_is_named(
    sign_in: SignIn, api_for: ApiFor, scoped: User, child: Supplier, outside: Supplier
) -> None:
    form = {**NEW, "code": child.code, "name": "By form", "parent": ""}
    assert sign_in(scoped).post(f"/suppliers/{child.pk}/edit/", form).status_code == 302
    client, by_code = api_for(scoped), f"/api/v1/suppliers/by-code/{child.code}/"
    patched = client.patch(f"/api/v1/suppliers/{child.pk}/", {"city": "Wuxi"}, format="json")
    pushed = client.put(by_code, {"name": "By push"}, format="json")
    assert [patched.status_code, pushed.status_code] == [200, 200]
    assert [patched.json()["parent"], pushed.json()["parent"]] == ["", ""]
    imported(scoped, workbook([("code", "name", "parent"), (child.code, "By file", "")]))
    child.refresh_from_db()
    assert (child.name, child.parent) == ("By file", outside)
    refused = client.put(by_code, {"parent": outside.code}, format="json")
    assert refused.json()["error"]["code"] == "parent_unknown"


def test_a_parent_seen_before_is_unknown_once_the_scope_is_narrowed(
    scoped: User, admin: User, inside: Supplier, outside: Supplier, categories: dict[str, Any]
) -> None:
    set_scope(admin, scoped.pk, [], [])
    table = [("code", "parent"), (inside.code, outside.code)]
    batch = checked(scoped, workbook(table))
    confirm_import(scoped, batch.pk)
    set_scope(admin, scoped.pk, [categories["top"].pk], [])
    batch = worked_off(batch)
    assert [each["code"] for each in batch.problems] == ["changed_meanwhile"]
    inside.refresh_from_db()
    assert inside.parent is None


def test_an_import_can_be_undone_inside_the_scope(scoped: User, inside: Supplier) -> None:
    batch = imported(scoped, workbook([("code", "name"), (inside.code, "Other name")]))
    assert undone(scoped, batch).state == "undone"
    inside.refresh_from_db()
    assert inside.name == "Bright Tin Co."


def test_a_duplicate_of_a_supplier_outside_is_not_there(
    scoped: User, inside: Supplier, outside: Supplier
) -> None:
    """Its page would name the record that stays."""
    assert supplier_for(scoped, inside.pk) == inside
    Supplier.objects.filter(pk=inside.pk).update(merged_into=outside)
    with pytest.raises(DomainError) as refused:
        supplier_for(scoped, inside.pk)
    assert refused.value.code == "supplier_not_found"


def test_staff_without_a_scope_name_any_parent(
    csr_specialist: User, inside: Supplier, outside: Supplier
) -> None:
    data = replace(input_of(inside), parent=outside.code)
    assert update_supplier(csr_specialist, inside.pk, data).parent == outside
    data = replace(input_of(inside), parent="")
    assert update_supplier(csr_specialist, inside.pk, data).parent is None
