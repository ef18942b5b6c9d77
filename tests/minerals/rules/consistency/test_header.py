"""Company block, effective date and product list."""

from __future__ import annotations

import pytest

from minerals.rules.declaration import ProductRow, Raw
from tests.minerals.rules.forms import cmrt, codes, findings, with_field, with_products


def test_a_complete_form_has_nothing_to_find() -> None:
    assert codes(cmrt()) == []


@pytest.mark.parametrize(
    ("field", "cell"),
    [
        ("company_name", "D8"),
        ("scope", "D9"),
        ("contact_name", "D15"),
        ("contact_phone", "D17"),
        ("authorizer_name", "D18"),
        ("effective_date", "D22"),
    ],
)
def test_blanks_are_no_answer(field: str, cell: str) -> None:
    assert codes(with_field(cmrt(), field, "  ")) == [("field_only_blanks", f"Declaration!{cell}")]


@pytest.mark.parametrize("field", ["company_name", "contact_email", "effective_date"])
def test_an_empty_field_is_left_to_the_official_rules(field: str) -> None:
    assert codes(with_field(cmrt(), field, None)) == []


def test_the_description_counts_only_for_a_scope_of_ones_own() -> None:
    blank = with_field(cmrt(), "scope_description", " ")
    assert codes(blank) == []
    own = with_field(blank, "scope", "C. User defined [Specify in 'Description of scope']")
    assert codes(own) == [("field_only_blanks", "Declaration!D10")]


def test_placeholders_are_no_names() -> None:
    assert codes(with_field(cmrt(), "contact_name", "N/A")) == [
        ("field_placeholder", "Declaration!D15")
    ]
    assert codes(with_field(cmrt(), "authorizer_name", "同上")) == [
        ("authorizer_placeholder", "Declaration!D18")
    ]
    assert codes(with_field(cmrt(), "contact_name", "Noah Nair")) == []


@pytest.mark.parametrize("text", ["a@", "@b.example", "a@b", "a b@c.example x", "a@b..example"])
def test_an_at_sign_alone_is_no_address(text: str) -> None:
    assert codes(with_field(cmrt(), "authorizer_email", text)) == [
        ("email_invalid", "Declaration!D20")
    ]


@pytest.mark.parametrize(
    "text", ["a@b.example", "a@b.example; c@d.example", " a@b.example ", "n/a", "not available"]
)
def test_usable_addresses_and_those_the_official_rule_refuses_stay_silent(text: str) -> None:
    assert codes(with_field(cmrt(), "contact_email", text)) == []


def test_the_scope_is_one_of_three() -> None:
    assert codes(with_field(cmrt(), "scope", "Everything")) == [("scope_invalid", "Declaration!D9")]
    assert codes(with_field(cmrt(), "scope", "a. company")) == []


def test_the_scope_fits_the_request() -> None:
    assert codes(cmrt(), requested_scope="A") == []
    found = findings(cmrt(), requested_scope="B")
    assert [(item.code, item.params) for item in found] == [
        ("scope_differs_from_request", {"scope": "A", "requested": "B"})
    ]


@pytest.mark.parametrize(
    ("names", "fits"),
    [
        (("Demo Assembly Limited",), True),
        (("Demo Assembly (Shenzhen) Co., Ltd.", "德莫组装有限公司"), True),
        (("德莫组装有限公司",), True),  # another script proves nothing
        (("Other Maker Inc.",), False),
        ((), True),
        ((" ",), True),
    ],
)
def test_the_company_is_the_one_we_know(names: tuple[str, ...], fits: bool) -> None:
    expected = [] if fits else [("company_name_differs", "Declaration!D8")]
    assert codes(cmrt(), supplier_names=names) == expected


def test_chinese_company_names_are_compared_in_chinese() -> None:
    form = with_field(cmrt(), "company_name", "深圳亮锡电子有限公司")
    assert codes(form, supplier_names=("亮锡电子股份有限公司", "Bright")) == []
    assert codes(form, supplier_names=("远山机械有限公司",)) == [
        ("company_name_differs", "Declaration!D8")
    ]


@pytest.mark.parametrize(
    ("raw", "kind", "expected"),
    [
        ("2026-03-01", "date", []),
        ("2026-03-02", "date", ["date_in_future"]),
        ("2025-04-30", "date", []),
        ("2025-02-28", "date", ["date_before_template", "date_too_old"]),
        ("1970-01-01", "date", ["date_implausible"]),
        ("2006-12-31", "date", ["date_implausible"]),
        ("30-Jun-2025", "text", ["date_is_text"]),
        ("2025年6月30日", "text", ["date_is_text"]),
        ("last summer", "text", ["date_unreadable"]),
        ("31/02/2025", "text", ["date_unreadable"]),
        ("03/05/2025", "text", ["date_ambiguous"]),
        ("01/12/2026", "text", ["date_ambiguous"]),
        ("11/12/2026", "text", ["date_in_future", "date_ambiguous"]),
        (45_838.0, "number", []),  # 30 June 2025 as a spreadsheet counts days
        (5.0, "number", ["date_unreadable"]),
    ],
)
def test_the_date_is_possible_and_recent(raw: Raw, kind: str, expected: list[str]) -> None:
    found = codes(with_field(cmrt(), "effective_date", raw, kind))
    assert found == [(code, "Declaration!D22") for code in expected]


def test_a_year_is_counted_to_the_day() -> None:
    form = with_field(cmrt(version="6.22"), "effective_date", "2025-03-01", "date")
    assert ("date_too_old", "Declaration!D22") not in codes(form)
    form = with_field(form, "effective_date", "2025-02-28", "date")
    assert ("date_too_old", "Declaration!D22") in codes(form)


def test_products_of_a_company_wide_scope_are_mentioned() -> None:
    form = with_products(cmrt(), ProductRow(6, "P-1"))
    assert codes(form) == [("products_not_needed", "Product List!B6")]


def test_the_product_list_starts_in_its_first_row() -> None:
    form = with_field(cmrt(), "scope", "B. Product (or List of Products)")
    assert codes(with_products(form, ProductRow(6, "P-1"))) == []
    found = findings(with_products(form, ProductRow(7, "P-1"), ProductRow(9, "P-2")))
    assert [(item.code, item.cell, item.params["row"]) for item in found] == [
        ("products_not_in_first_row", "Product List!B7", "7")
    ]


def test_every_product_has_a_number() -> None:
    form = with_field(cmrt(), "scope", "B. Product (or List of Products)")
    rows = (ProductRow(6, "P-1"), ProductRow(7, "", name="Board"))
    assert codes(with_products(form, *rows)) == [("product_number_missing", "Product List!B7")]
    first_row = ProductRow(6, "", name="Board")  # its empty number is an open item already
    assert codes(with_products(form, first_row)) == []


def test_a_product_is_listed_once_per_requester() -> None:
    form = with_field(cmrt(), "scope", "B. Product (or List of Products)")
    rows = (ProductRow(6, "P-1", requester_number="R-1"), ProductRow(7, "p1"), ProductRow(8, "P 1"))
    found = findings(with_products(form, *rows))
    assert [(item.code, item.cell, item.params["other_cell"]) for item in found] == [
        ("product_duplicate", "Product List!B8", "Product List!B7")
    ]
