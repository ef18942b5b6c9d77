"""The sourcing check over what is stored: today, on past days, for many, within what one sees."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from core import clock
from core.errors import DomainError
from suppliers.enums import RestrictionScope
from suppliers.models import BuyerScope, Supplier
from suppliers.rules.related_data import SiteInput
from suppliers.rules.sourcing import ENDED
from suppliers.rules.sourcing_coverage import NARROWING
from suppliers.selectors.sourcing import MOST_AT_ONCE, SourcingQuestion, check_sourcing
from suppliers.selectors.sourcing_words import WORDS, reason_text, sourcing_line
from suppliers.services.sites import save_site
from suppliers.services.suppliers import SupplierInput, create_supplier
from suppliers.services.waivers import WaiverInput, request_waiver
from tests.suppliers.lifecycle.steps import (
    agree,
    category,
    disqualify,
    limit,
    qualify,
    shift,
    step,
)

pytestmark = pytest.mark.django_db


def ask(actor: User, supplier: Supplier, days_ago: int = 0, **question: Any) -> list[str]:
    """The outcome and the codes of the reasons."""
    on = clock.today() - dt.timedelta(days=days_ago)
    row = check_sourcing(actor, [supplier.code], SourcingQuestion(on=on, **question)).rows[0]
    return [row.answer.outcome, *(reason.code for reason in row.answer.reasons)]


def test_a_whole_life_asked_about_day_by_day(
    buyer: User, csr_specialist: User, auditor: User, supplier: Supplier
) -> None:
    """What was true on a day stays the answer about that day."""
    shift(supplier, 10)
    qualify(buyer, csr_specialist, supplier)
    shift(supplier, 10)
    limit(buyer, csr_specialist, supplier)
    shift(supplier, 10)
    agree(csr_specialist, step(buyer, supplier, "lift", explanation="done"))
    shift(supplier, 10)
    disqualify(buyer, csr_specialist, supplier)
    asked = {days: ask(auditor, supplier, days)[0] for days in (0, 5, 10, 15, 20, 25, 30, 35)}
    assert asked == {
        0: "not_allowed",
        5: "allowed",
        10: "allowed",
        15: "not_allowed",
        20: "not_allowed",
        25: "allowed",
        30: "allowed",
        35: "not_allowed",
    }
    assert ask(auditor, supplier)[1] == "status_disqualified"
    assert ask(auditor, supplier, 15)[1] == "limited_no_new_orders"
    assert ask(auditor, supplier, 35)[1] == "status_not_approved"
    assert ask(auditor, supplier, 99) == ["not_allowed", "not_registered"]


def test_categories_sites_and_a_waiver(
    buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    electronics = category("EL")
    category("PCB", electronics)
    category("ME")
    supplier.sites.create(code="SZ", name="Shenzhen")
    qualify(buyer, csr_specialist, supplier, electronics)
    assert ask(buyer, supplier, category="pcb", site="sz")[0] == "allowed"
    assert ask(buyer, supplier, category="ME") == ["not_allowed", "category_not_qualified"]
    assert ask(buyer, supplier, site="XX") == ["not_allowed", "site_unknown"]
    until = clock.today() + dt.timedelta(days=30)
    data = WaiverInput("capacity", "x", clock.today(), until, "ME")
    agree(csr_specialist, request_waiver(buyer, supplier.pk, data))
    assert ask(buyer, supplier, category="ME")[:2] == ["with_waiver", "waiver"]
    assert ask(buyer, supplier, category="ME", days_ago=-31)[0] == "not_allowed"


def test_invisible_and_unknown_suppliers_answer_the_same(
    buyer: User, supplier: Supplier, other_supplier: Supplier
) -> None:
    scope = BuyerScope.objects.create(user=buyer, countries=["DE"])
    hidden = ask(buyer, supplier)
    assert hidden == ["not_allowed", "supplier_unknown"]
    rows = check_sourcing(buyer, [supplier.code, "NOPE"], SourcingQuestion()).rows
    assert rows[0].answer == rows[1].answer
    assert rows[0].supplier is rows[1].supplier is None
    scope.countries = ["CN"]
    scope.save()
    assert ask(buyer, supplier)[1] == "status_not_approved"


def test_contacts_of_suppliers_do_not_ask(supplier_user: User, supplier: Supplier) -> None:
    with pytest.raises(DomainError, match="may_not_view_suppliers"):
        ask(supplier_user, supplier)
    assert sourcing_line(supplier_user, supplier) is None


@pytest.mark.parametrize(
    ("codes", "question", "code"),
    [
        ([], {}, "codes_missing"),
        ([" "], {}, "codes_missing"),
        ([f"C{n}" for n in range(MOST_AT_ONCE + 1)], {}, "codes_too_many"),
        (["S-1"], {"category": "XX"}, "category_unknown"),
        (["S-1"], {"on": dt.date(9999, 12, 31)}, "date_impossible"),
        (["S-1"], {"on": dt.date(1, 1, 1)}, "date_impossible"),
    ],
)
def test_wrong_questions(
    auditor: User, codes: list[str], question: dict[str, Any], code: str
) -> None:
    with pytest.raises(DomainError, match=code):
        check_sourcing(auditor, codes, SourcingQuestion(**question))


def test_order_and_repetition_of_codes(
    auditor: User, supplier: Supplier, other_supplier: Supplier
) -> None:
    result = check_sourcing(auditor, ["s-2", " S-1 ", "s-2", "X"], SourcingQuestion())
    assert [row.code for row in result.rows] == ["s-2", "S-1", "X"]
    assert [row.supplier for row in result.rows] == [other_supplier, supplier, None]


def test_a_merged_record(auditor: User, supplier: Supplier, other_supplier: Supplier) -> None:
    supplier.merged_into = other_supplier
    supplier.save()
    assert ask(auditor, supplier) == ["not_allowed", "supplier_merged"]


def test_a_constant_number_of_queries(
    buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    qualify(buyer, csr_specialist, supplier)
    counts = set()
    for size in (1, 30):
        codes = ["S-1", *(f"Q{n}" for n in range(size))]
        for code in codes[1:]:
            if not Supplier.objects.filter(code=code).exists():
                create_supplier(None, SupplierInput(code, code))
        with CaptureQueriesContext(connection) as queries:
            check_sourcing(csr_specialist, codes, SourcingQuestion())
        counts.add(len(queries))
    assert len(counts) == 1


def test_every_reason_has_words() -> None:
    """Codes are read from the source of the rules; those built from a value are spelt out."""
    rules = settings.BASE_DIR / "suppliers" / "rules"
    source = "".join(path.read_text("utf-8") for path in rules.glob("sourcing*.py"))
    written = set(re.findall(r'Reason\(\s*"([a-z_]+)"', source)) | NARROWING
    chosen = {"no_qualification", "category_not_qualified"}
    built = {f"status_{name}" for name in ENDED} | {f"limited_{s}" for s in RestrictionScope.values}
    assert written | chosen | built == set(WORDS)


def test_the_line_of_today(buyer: User, csr_specialist: User, supplier: Supplier) -> None:
    line = sourcing_line(buyer, supplier)
    assert line is not None
    assert (line.outcome, line.tone, line.label) == ("not_allowed", "now", "Not allowed")
    qualify(buyer, csr_specialist, supplier)
    line = sourcing_line(buyer, supplier)
    assert line is not None
    assert (line.outcome, line.tone) == ("allowed", "verified")
    assert line.label == "Allowed within its qualification"
    assert line.reasons[0].text.startswith("Qualified since ")
    assert line.reasons[1].text.startswith("Qualified for these categories only: Category EL.")
    assert line.url.endswith("?supplier=S-1")


def test_words_name_days_and_states(auditor: User, supplier: Supplier) -> None:
    row = check_sourcing(auditor, ["S-1"], SourcingQuestion()).rows[0]
    assert reason_text(row.answer.reasons[0]).startswith("Not approved yet: “Registered” since ")


def test_a_closed_site_gets_no_orders_from_its_day_on(
    buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    site = supplier.sites.create(code="SZ", name="Suzhou")
    qualify(buyer, csr_specialist, supplier)
    shift(supplier, 10)
    closed_on = clock.today() - dt.timedelta(days=3)
    data = SiteInput("SZ", "Suzhou", is_active=False, closed_on=closed_on)
    save_site(buyer, supplier.pk, data, site.pk)
    asked = {days: ask(buyer, supplier, days, site="SZ")[:2] for days in (4, 3, 0, -1)}
    assert asked == {
        4: ["allowed", "qualified_until"],
        3: ["not_allowed", "site_closed"],
        0: ["not_allowed", "site_closed"],
        -1: ["not_allowed", "site_closed"],
    }
    assert ask(buyer, supplier)[0] == "allowed"
    row = check_sourcing(buyer, ["S-1"], SourcingQuestion(site="SZ")).rows[0]
    assert row.answer.reasons[0].since == closed_on
    assert reason_text(row.answer.reasons[0]).startswith("The site SZ has been closed since ")


def test_a_site_closed_on_a_day_nobody_knows(
    buyer: User, csr_specialist: User, supplier: Supplier
) -> None:
    """Answers about the past stay as they were."""
    supplier.sites.create(code="SZ", name="Suzhou", is_active=False)
    qualify(buyer, csr_specialist, supplier)
    shift(supplier, 10)
    assert ask(buyer, supplier, 1, site="SZ")[0] == "allowed"
    assert ask(buyer, supplier, site="SZ") == ["not_allowed", "site_closed"]


def test_a_code_with_letters_outside_ascii(buyer: User) -> None:
    for code in ("müller-1", "ÄRA-2"):
        create_supplier(None, SupplierInput(code, code))
    asked = ["müller-1", "MÜLLER-1", "Müller-1", "ÄRA-2", "ära-2", "Ära-2"]
    rows = check_sourcing(buyer, asked, SourcingQuestion()).rows
    assert [row.supplier.code if row.supplier else "" for row in rows] == (
        ["müller-1"] * 3 + ["ÄRA-2"] * 3
    )
