"""The page of one declaration: head, verdict, tabs, originals."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from minerals.enums import DeclarationStatus, FindingSeverity, VerdictState
from minerals.models import Declaration, Finding
from minerals.services.recording import record_unreadable
from suppliers.models import Supplier
from tests.factories.minerals import Desk, form, make_declaration
from tests.minerals.web.pages import in_order, page, part

pytestmark = pytest.mark.django_db


@pytest.fixture
def faulty(desk: Desk, supplier: Supplier) -> Declaration:
    """An open field, and Tungsten answered "No" although a tungsten smelter is listed."""
    data = form(company={"contact_email": ""}, answers={("Q1", "Tungsten"): "No"})
    return desk.hand_in(supplier, data)


def test_head_says_who_what_and_when(staff: Client, faulty: Declaration) -> None:
    text = page(staff, "declaration-detail", faulty.pk)
    assert in_order(text, "Bright Tin Co.", "亮锡有限公司", "CMRT 6.5", "received", "effective")


def test_verdict_in_words_and_what_to_do(staff: Client, faulty: Declaration) -> None:
    text = page(staff, "declaration-detail", faulty.pk)
    assert "Cannot be accepted yet: 1 required field open" in text
    assert "Send it back with the correction workbook." in text
    assert reverse("minerals:declaration-correction", args=[faulty.pk]) in text


def test_supplier_is_told_what_to_do(contact: Client, faulty: Declaration) -> None:
    text = page(contact, "declaration-detail", faulty.pk)
    assert "correct the marked cells and upload it again" in text
    assert 'class="rail' not in text


def test_required_fields_come_first_with_their_checker_row(
    staff: Client, faulty: Declaration
) -> None:
    text = page(staff, "declaration-detail", faulty.pk)
    assert in_order(
        text,
        "Declaration!D16",
        "Checker row 8",
        "smelter_of_undeclared_mineral",
        "Warnings: correct or explain",
        "answers_for_undeclared_mineral",
    )


def test_both_cells_of_a_contradiction_are_named(staff: Client, faulty: Declaration) -> None:
    text = page(staff, "declaration-detail", faulty.pk)
    assert in_order(text, "Declaration!D29", "↔", "?tab=smelters&amp;row=", "Smelter List!")


def test_findings_are_filtered_by_group_and_text(staff: Client, faulty: Declaration) -> None:
    group = page(staff, "declaration-detail", faulty.pk, query="?group=checker")
    assert "Declaration!D16" in group
    assert "smelter_of_undeclared_mineral" not in group
    search = page(staff, "declaration-detail", faulty.pk, query="?search=undeclared")
    assert "smelter_of_undeclared_mineral" in search
    assert "Checker row 8" not in search


def test_many_findings_of_one_kind_are_folded(staff: Client, supplier: Supplier) -> None:
    declaration = make_declaration(supplier)
    for position in range(9):
        Finding.objects.create(
            declaration=declaration,
            position=position,
            code="smelter_duplicate",
            severity=FindingSeverity.WARNING,
            cell=f"Smelter List!C{position + 5}",
        )
    text = page(staff, "declaration-detail", declaration.pk)
    assert in_order(text, "Smelter List!C7", "6 more:", "Smelter List!C8", "Smelter List!C13")


@pytest.mark.parametrize(
    ("tab", "words"),
    [
        ("findings", "Checker row 8"),
        ("answers", "Used on purpose in products or production?"),
        ("smelters", "Filament Works (demo)"),
        ("products", "No products listed"),
        ("mines", "No mines listed"),
        ("history", "Received cmrt.xlsx"),
        ("file", "SHA-256"),
    ],
)
def test_each_tab_is_a_page_and_a_part(
    staff: Client, faulty: Declaration, tab: str, words: str
) -> None:
    whole = page(staff, "declaration-detail", faulty.pk, query=f"?tab={tab}")
    assert words in whole
    assert 'id="verdict"' in whole
    alone = part(staff, "declaration-detail", faulty.pk, target="tab", query=f"?tab={tab}")
    assert alone.lstrip().startswith('<div id="tab">')
    assert words in alone
    assert "<html" not in alone


def test_part_is_never_kept_instead_of_the_page(staff: Client, faulty: Declaration) -> None:
    response = staff.get(
        faulty.get_absolute_url(), headers={"HX-Request": "true", "HX-Target": "tab"}
    )
    assert response["Cache-Control"] == "no-store"
    assert "HX-Request" in response["Vary"]


def test_answers_mark_findings_and_changes(staff: Client, desk: Desk, supplier: Supplier) -> None:
    desk.hand_in(supplier, form(company={"effective_date": "2025-06-30"}))
    newer = desk.hand_in(supplier, form(answers={("Q1", "Tungsten"): "No"}), "newer.xlsx")
    text = page(staff, "declaration-detail", newer.pk, query="?tab=answers")
    assert "1 answer differs from the previous declaration." in text
    assert in_order(
        text, 'class="is-open" id="Declaration!D29" title="Declaration!D29"', "wrong", "was Yes"
    )


def test_company_fields_are_marked(staff: Client, faulty: Declaration) -> None:
    text = page(staff, "declaration-detail", faulty.pk, query="?tab=answers")
    assert in_order(
        text, '<dd id="Declaration!D16" title="Declaration!D16">', "?tab=findings#f-0", "open"
    )


@pytest.mark.parametrize(
    ("query", "there", "gone"),
    [
        ("metal=Tin", "Bright Tin Smelting", "Filament Works"),
        ("search=filament", "Filament Works", "Bright Tin Smelting"),
        ("match=waiting", "Brigth Tin Smelting", "Filament Works"),
        ("country=BRAZIL", "Filament Works", "Bright Tin Smelting"),
    ],
)
def test_smelters_are_filtered(
    staff: Client, desk: Desk, supplier: Supplier, query: str, there: str, gone: str
) -> None:
    declaration = desk.hand_in(supplier, form(misspelt=True))
    text = page(staff, "declaration-detail", declaration.pk, query=f"?tab=smelters&{query}")
    table = text[text.index("<tbody>") : text.index("</tbody>")]
    assert there in table
    assert gone not in table


def test_what_people_decided_is_no_filter_of_the_supplier(
    staff: Client, contact: Client, desk: Desk, supplier: Supplier
) -> None:
    declaration = desk.hand_in(supplier, form(misspelt=True))
    ours = page(staff, "declaration-detail", declaration.pk, query="?tab=smelters")
    theirs = page(contact, "declaration-detail", declaration.pk, query="?tab=smelters")
    assert '<option value="decided">' in ours
    assert "<option" in theirs
    assert '<option value="decided">' not in theirs


def test_history_in_words(staff: Client, faulty: Declaration) -> None:
    text = page(staff, "declaration-detail", faulty.pk, query="?tab=history")
    assert in_order(text, "Judged: Correct first", "Received cmrt.xlsx", "csr_specialist")


def test_contact_does_not_see_who_of_us_did_it(contact: Client, faulty: Declaration) -> None:
    text = page(contact, "declaration-detail", faulty.pk, query="?tab=history")
    assert "Your customer" in text
    assert "csr_specialist" not in text


def test_contact_sees_no_suggestions(contact: Client, desk: Desk, supplier: Supplier) -> None:
    declaration = desk.hand_in(supplier, form(misspelt=True))
    for tab in ("findings", "smelters"):
        text = page(contact, "declaration-detail", declaration.pk, query=f"?tab={tab}")
        assert "/decide/" not in text


def test_waiting_page_refreshes_itself(staff: Client, supplier: Supplier) -> None:
    declaration = make_declaration(
        supplier, judged_at=None, status=DeclarationStatus.RECEIVED, verdict=""
    )
    text = page(staff, "declaration-detail", declaration.pk)
    assert "being judged now" in text
    assert f'hx-get="{declaration.get_absolute_url()}"' in text
    Declaration.objects.filter(pk=declaration.pk).update(
        judged_at=declaration.received_at, verdict=VerdictState.CLEAN
    )
    response = staff.get(
        declaration.get_absolute_url(), headers={"HX-Request": "true", "HX-Target": "waiting"}
    )
    assert response["HX-Refresh"] == "true"


def test_unreadable_file_names_problem_and_remedy(staff: Client, supplier: Supplier) -> None:
    declaration = make_declaration(supplier, family="", version="", judged_at=None)
    record_unreadable(declaration, "empty_file", {})
    text = page(staff, "declaration-detail", declaration.pk)
    assert in_order(
        text, "The file is empty (0 bytes).", "Open the workbook, save it again", "Get a blank form"
    )
    assert "?tab=answers" not in text


def test_superseded_one_leads_to_the_newer(staff: Client, desk: Desk, supplier: Supplier) -> None:
    old = desk.hand_in(supplier, form(company={"effective_date": "2025-06-30"}))
    newer = desk.hand_in(supplier, form(), "newer.xlsx")
    text = page(staff, "declaration-detail", old.pk)
    assert in_order(text, "Superseded by", newer.get_absolute_url())
    assert reverse("minerals:declaration-compare", args=[newer.pk, old.pk]) in text
    assert "A newer declaration has taken its place" in text


def test_original_is_saved_never_shown(staff: Client, desk: Desk, supplier: Supplier) -> None:
    data = form()
    declaration = desk.hand_in(supplier, data, "..\\x/<b>:亮锡.xlsm")
    response = staff.get(reverse("minerals:declaration-original", args=[declaration.pk]))
    assert b"".join(response) == data
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''_b__%E4%BA%AE%E9%94%A1.xlsx"
    )


@pytest.mark.parametrize("name", ["declaration-detail", "declaration-original"])
def test_other_suppliers_do_not_exist(contact: Client, other_supplier: Supplier, name: str) -> None:
    page(contact, name, make_declaration(other_supplier).pk, status=404)


def test_staff_assigns_a_supplier(
    staff: Client, desk: Desk, supplier: Supplier, other_supplier: Supplier
) -> None:
    declaration = desk.hand_in(None, form(company={"company_name": "Nobody Known"}))
    assert "Whose declaration is this?" in page(staff, "declaration-detail", declaration.pk)
    address = reverse("minerals:declaration-assign", args=[declaration.pk])
    response = staff.post(address, {"supplier": other_supplier.pk}, follow=True)
    assert "Assigned to Golden Contact Ltd." in response.content.decode()
    declaration.refresh_from_db()
    assert declaration.supplier == other_supplier


def test_contact_does_not_assign(contact: Client, supplier: Supplier) -> None:
    declaration = make_declaration(supplier)
    address = reverse("minerals:declaration-assign", args=[declaration.pk])
    assert contact.post(address, {"supplier": supplier.pk}).status_code == 403
