"""What a supplier's record may say: cleaning and every problem, without a database."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from suppliers.rules.cleaning import parse_amount, parse_date, parse_flag
from suppliers.rules.master_data import (
    KnownValues,
    SupplierInput,
    check_supplier,
    phase_out_day,
)
from suppliers.rules.names import core_key
from suppliers.rules.problems import PROBLEMS
from suppliers.rules.registration import is_plausible, registration_key
from suppliers.rules.related_data import (
    ContactInput,
    SiteInput,
    SpendInput,
    check_contact,
    check_site,
    check_spend,
)

KNOWN = KnownValues(
    countries=frozenset({"CN", "DE"}),
    kinds={"production": "Production", "service": "Service"},
    minerals={"tin": "Tin", "gold": "Gold"},
    categories={"el": "EL", "el-pcb": "EL-PCB"},
)
TODAY = dt.date(2026, 11, 25)


def codes(**data: Any) -> list[tuple[str, str]]:
    _clean, problems = check_supplier(SupplierInput(**{"code": "S", "name": "N", **data}), KNOWN)
    assert all(problem.code in PROBLEMS for problem in problems)
    return [(problem.field, problem.code) for problem in problems]


def test_a_good_record_is_made_clean() -> None:
    data = SupplierInput(
        " S-1 ",
        "Bright\u00a0 Tin  Co.",
        country="cn",
        categories=("el-PCB", "EL-PCB", ""),
        minerals=("TIN",),
        minerals_reason=" solder ",
    )
    clean, problems = check_supplier(data, KNOWN)
    assert problems == []
    assert (clean.code, clean.name, clean.country) == ("S-1", "Bright Tin Co.", "CN")
    assert (clean.categories, clean.minerals) == (("EL-PCB",), ("tin",))
    assert clean.minerals_reason == "solder"


@pytest.mark.parametrize(
    ("data", "field", "code"),
    [
        ({"code": " "}, "code", "supplier_code_missing"),
        ({"code": "x" * 41}, "code", "text_too_long"),
        ({"name": ""}, "name", "supplier_name_missing"),
        ({"name": "x" * 10_000}, "name", "text_too_long"),
        ({"name": "a\x07b"}, "name", "text_unprintable"),
        ({"country": "XX"}, "country", "country_unknown"),
        ({"country": "Germany"}, "country", "country_unknown"),
        ({"kind": "magic"}, "kind", "kind_unknown"),
        ({"categories": ("EL", "NOPE")}, "categories", "category_unknown"),
        ({"minerals": ("tin",)}, "minerals_reason", "minerals_reason_missing"),
        ({"minerals": ("iron",), "minerals_reason": "x"}, "minerals", "mineral_unknown"),
        ({"phase_out_on": TODAY}, "phase_out_reason", "phase_out_reason_missing"),
        ({"phase_out_reason": "old"}, "phase_out_on", "phase_out_date_missing"),
        ({"uscc": "91440300708461136X"}, "uscc", "registration_invalid"),
        ({"duns": "12345678"}, "duns", "registration_invalid"),
        ({"vat": "!"}, "vat", "registration_invalid"),
    ],
)
def test_each_mistake_is_named_at_its_field(data: dict[str, Any], field: str, code: str) -> None:
    assert codes(**data) == [(field, code)]


DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("before", "after", "is_done", "code"),
    [
        (None, None, False, ""),
        (None, TODAY, False, ""),
        (None, TODAY - DAY, False, "phase_out_date_impossible"),
        (None, dt.date(206, 1, 1), False, "phase_out_date_impossible"),
        (None, dt.date(9999, 1, 1), False, "phase_out_date_impossible"),
        (TODAY - DAY, TODAY - DAY, False, ""),
        (TODAY - DAY, TODAY + DAY, False, "phase_out_fixed"),
        (TODAY - DAY, None, False, "phase_out_fixed"),
        (TODAY, TODAY + DAY, False, ""),
        (TODAY + DAY, TODAY, False, ""),
        (TODAY + DAY, None, False, ""),
        (TODAY + DAY, TODAY - DAY, False, "phase_out_date_impossible"),
        (TODAY + DAY, TODAY + DAY, True, ""),
        (TODAY + DAY, TODAY, True, "phase_out_fixed"),
    ],
)
def test_the_day_of_a_phase_out(
    before: dt.date | None, after: dt.date | None, is_done: bool, code: str
) -> None:
    found = phase_out_day(TODAY, before, after, is_done=is_done)
    assert [(one.code, one.field) for one in found] == ([(code, "phase_out_on")] if code else [])
    assert all(one.code in PROBLEMS for one in found)


def test_all_mistakes_are_named_at_once() -> None:
    found = codes(code="", name="", country="ZZ", kind="?", duns="1", phase_out_on=TODAY)
    assert len(found) == 6


def test_every_text_names_a_remedy() -> None:
    assert all(text.message and text.remedy for text in PROBLEMS.values())


@pytest.mark.parametrize(
    ("kind", "number", "good"),
    [
        ("uscc", "91440300708461136T", True),
        ("uscc", "9144 0300-7084 61136t", True),
        ("uscc", "91440300708461137T", False),
        ("uscc", "91440300708461136", False),
        ("uscc", "9144030070846113IT", False),
        ("duns", "12-345-6789", True),
        ("duns", "１２３４５６７８９", False),
        ("vat", "DE123456789", True),
        ("vat", "DE", False),
        ("other", "HRB 12345", True),
        ("other", " ", False),
    ],
)
def test_registration_numbers(kind: str, number: str, good: bool) -> None:
    assert is_plausible(kind, number) is good


def test_numbers_are_compared_without_noise() -> None:
    assert registration_key("12-345 6789") == registration_key("123456789")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bright Tin Co., Ltd.", "BRIGHT TIN COMPANY LIMITED"),
        ("亮锡有限公司", "亮锡（深圳）有限公司"),
        ("Müller & Söhne GmbH", "Muller and Sohne"),
        ("さくら電子株式会社", "さくら電子"),
    ],
)
def test_legal_forms_do_not_tell_companies_apart(one: str, other: str) -> None:
    assert core_key(one) == core_key(other)


def test_a_name_of_legal_forms_only_stays_whole() -> None:
    assert core_key("The Limited") == "thelimited"
    assert core_key("Golden Tin") != core_key("Golden Tungsten")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2026-12-31", dt.date(2026, 12, 31)),
        ("2026/1/5", dt.date(2026, 1, 5)),
        ("2026年3月8日", dt.date(2026, 3, 8)),
        ("2026-02-30", None),
        ("31.12.2026", None),
        ("", None),
    ],
)
def test_dates(text: str, date: dt.date | None) -> None:
    assert parse_date(text) == date


@pytest.mark.parametrize(
    ("text", "flag"), [("Yes", True), ("是", True), ("否", False), ("", False), ("maybe", None)]
)
def test_flags(text: str, flag: bool | None) -> None:
    assert parse_flag(text) is flag


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1234.5", Decimal("1234.5")),
        ("1,234,567.89", Decimal("1234567.89")),
        ("1 234", Decimal(1234)),
        ("1.234,56", None),
        ("12,34", None),
        ("NaN", None),
        ("Infinity", None),
        ("CNY 5", None),
    ],
)
def test_amounts_are_never_guessed(text: str, amount: Decimal | None) -> None:
    assert parse_amount(text) == amount


def test_sites() -> None:
    _clean, problems = check_site(SiteInput("", "", country="ZZ"), KNOWN.countries, TODAY)
    assert {problem.code for problem in problems} == {
        "site_code_missing",
        "site_name_missing",
        "country_unknown",
    }


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"name": ""}, "contact_name_missing"),
        ({"email": "a@b"}, "email_invalid"),
        ({"email": "a b@c.de"}, "email_invalid"),
        ({"email": "a@b@c.de"}, "email_invalid"),
        ({"role": "boss"}, "contact_role_unknown"),
        ({"language": "fr"}, "language_unknown"),
        ({"phone": "1" * 41}, "text_too_long"),
    ],
)
def test_contacts(data: dict[str, Any], code: str) -> None:
    given = ContactInput(**{"name": "Wang", **data})
    _clean, problems = check_contact(given, {"other": "Other"}, {"en": "English"})
    assert [problem.code for problem in problems] == [code]


@pytest.mark.parametrize(
    ("year", "currency", "amount", "code"),
    [
        (2026, "CNY", Decimal("10.50"), None),
        (2027, "eur", Decimal(0), None),
        (2028, "CNY", Decimal(1), "year_invalid"),
        (1989, "CNY", Decimal(1), "year_invalid"),
        (None, "CNY", Decimal(1), "year_invalid"),
        (2026, "XXX", Decimal(1), "currency_unknown"),
        (2026, "CNY", None, "amount_invalid"),
        (2026, "CNY", Decimal("-0.01"), "amount_negative"),
        (2026, "CNY", Decimal("0.001"), "amount_invalid"),
        (2026, "CNY", Decimal("1e17"), "amount_too_large"),
    ],
)
def test_spend(year: int | None, currency: str, amount: Decimal | None, code: str | None) -> None:
    currencies = frozenset({"CNY", "EUR"})
    _clean, problems = check_spend(SpendInput(year, currency, amount), currencies, TODAY)
    assert [problem.code for problem in problems] == ([code] if code else [])
