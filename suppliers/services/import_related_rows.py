"""Planning rows of contacts, sites and spend: each belongs to a supplier that is there already."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from core import clock
from core.currencies import CURRENCIES
from suppliers.excel.import_cells import spend_of_texts, whole_year
from suppliers.excel.import_columns import CONTACTS, SITES, SPEND
from suppliers.models import AnnualSpend, Site, SupplierContact
from suppliers.rules.cleaning import one_line, shown
from suppliers.rules.import_plan import PlannedRow, Values, day_of, differences, without_defaults
from suppliers.rules.problems import Problem
from suppliers.rules.related_data import (
    ContactInput,
    SiteInput,
    check_contact,
    check_site,
    check_spend,
    site_values,
)
from suppliers.selectors.import_records import (
    CONTACT_FIELDS,
    PORTION,
    SITE_FIELDS,
    KnownRecord,
    KnownSupplier,
    contact_records,
    known_suppliers,
    site_records,
    spend_records,
)
from suppliers.selectors.known_values import contact_roles, known_countries, portal_languages
from suppliers.services.import_rows import (
    ReadRow,
    Sheet,
    add_problems,
    name_twins,
    read_rows,
    settle,
)

if TYPE_CHECKING:
    from accounts.models import User

Checked = tuple[Values, list[Problem]]


def plan_related(kind: str, actor: User, sheet: Sheet) -> list[PlannedRow]:
    """Every row of contacts, sites or spend with what it would do and what is wrong with it."""
    plan: type[_Plan] = _PLANS[kind]
    return settle(plan(actor, sheet).run(), sheet)


class _Plan(ABC):
    """``twin_field``: where rows about the same record are named."""

    twin_field = "supplier"
    defaults: Values

    def __init__(self, actor: User, sheet: Sheet) -> None:
        self._sheet = sheet
        self._places = sheet.places
        known = known_suppliers(actor)
        # Those that the actor does not see are not there, whatever a row says about them.
        self._suppliers = {code: each for code, each in known.items() if each.seen}

    def run(self) -> list[ReadRow]:
        rows = list(read_rows(self._sheet))
        codes = [one_line(row.values["supplier"]) for row in rows]
        found = [self._suppliers.get(code.lower()) for code in codes]
        self.load({known.pk for known in found if known is not None})
        keys: list[Any] = []
        for row, code, supplier in zip(rows, codes, found, strict=True):
            row.planned.key = shown(code)
            problem = _supplier_problem(code, supplier)
            if problem is not None or supplier is None:
                self._check_alone(row, [problem] if problem else [])
                keys.append(None)
            else:
                keys.append(self._plan_row(row, supplier))
        name_twins(rows, keys, self.twin_field, self._sheet)
        self.look_together(rows)
        return rows

    def look_together(self, rows: list[ReadRow]) -> None:  # noqa: B027 - most kinds need none
        """Name what is wrong with several rows together."""

    def _check_alone(self, row: ReadRow, problems: list[Problem]) -> None:
        _values, more = self.checked({}, row.values)
        add_problems(row, [*row.problems, *problems, *more], self._places)

    def _plan_row(self, row: ReadRow, supplier: KnownSupplier) -> Any:
        known, key, broken = self.find(supplier, row.values)
        values, problems = self.checked(known.values if known else {}, row.values)
        row.planned.key = self.title(supplier, values)[:120]
        if known is None:
            record = {"supplier": supplier.code, **values}
            row.planned.action = "create"
            row.planned.after = without_defaults(record, self.defaults)
        else:
            row.planned.target = known.pk
            row.planned.before, row.planned.after = differences(known.values, values)
            row.planned.action = "change" if row.planned.after else "same"
            problems = [each for each in problems if each.field in row.planned.after]
        add_problems(row, [*row.problems, *broken, *problems], self._places)
        return (supplier.pk, key) if key else None

    @abstractmethod
    def load(self, suppliers: set[int]) -> None:
        """Read what the suppliers have."""

    @abstractmethod
    def find(
        self, supplier: KnownSupplier, values: Values
    ) -> tuple[KnownRecord | None, Any, list[Problem]]:
        """The record that the row is about, what makes it one, and why that cannot be told."""

    @abstractmethod
    def checked(self, current: Values, values: Values) -> Checked:
        """The record as it would be stored, and what is wrong with it."""

    @abstractmethod
    def title(self, supplier: KnownSupplier, values: Values) -> str:
        """The record for people."""


def _supplier_problem(code: str, supplier: KnownSupplier | None) -> Problem | None:
    if not code:
        return Problem("supplier_code_missing_here", "supplier")
    if supplier is None:
        return Problem("supplier_unknown", "supplier", {"value": shown(code)})
    return Problem("supplier_merged", "supplier") if supplier.merged else None


def _of(rows: QuerySet[Any], suppliers: set[int]) -> QuerySet[Any]:
    """Those of the suppliers, and of all where naming each would take longer."""
    return rows.filter(supplier__in=suppliers) if len(suppliers) < PORTION else rows


class _Contacts(_Plan):
    twin_field = "email"
    defaults = {name: getattr(ContactInput(""), name) for name in CONTACT_FIELDS if name != "name"}

    def __init__(self, actor: User, sheet: Sheet) -> None:
        super().__init__(actor, sheet)
        self._roles, self._languages = contact_roles(), portal_languages()

    def load(self, suppliers: set[int]) -> None:
        self._by_email: dict[Any, KnownRecord] = {}
        self._by_name: dict[Any, list[KnownRecord]] = {}
        for known in contact_records(_of(SupplierContact.objects.all(), suppliers)):
            if known.values["email"]:
                self._by_email[known.supplier, known.values["email"].lower()] = known
            name = known.supplier, known.values["name"].casefold()
            self._by_name.setdefault(name, []).append(known)
        owned = _of(SupplierContact.objects.exclude(user=None), suppliers)
        self._accounts = dict(owned.values_list("pk", "user__email"))
        self._primaries: dict[int, set[int]] = {}
        first = _of(SupplierContact.objects.filter(is_primary=True), suppliers)
        for pk, supplier in first.values_list("pk", "supplier_id"):
            self._primaries.setdefault(supplier, set()).add(pk)

    def find(
        self, supplier: KnownSupplier, values: Values
    ) -> tuple[KnownRecord | None, Any, list[Problem]]:
        email = one_line(values.get("email", "")).lower()
        if email:
            return self._by_email.get((supplier.pk, email)), email, []
        name = one_line(values["name"]).casefold()
        called = self._by_name.get((supplier.pk, name), [])
        without = [known for known in called if not known.values["email"]]
        called = without or called
        if len(called) > 1:
            return None, None, [Problem("contact_ambiguous", "name")]
        known = called[0] if called else None
        account = self._accounts.get(known.pk) if known and "email" in values else None
        params = {"email": account}
        broken = [Problem("contact_address_of_account", "email", params)] if account else []
        return known, name, broken

    def look_together(self, rows: list[ReadRow]) -> None:
        """A supplier has one first contact; who is it now must be said in the file too."""
        given: dict[int, list[ReadRow]] = {}
        kept = {key: set(pks) for key, pks in self._primaries.items()}
        for row in rows:
            supplier = self._suppliers.get(one_line(row.values["supplier"]).lower())
            if supplier is None or "is_primary" not in row.values:
                continue
            kept.get(supplier.pk, set()).discard(row.planned.target or 0)
            if row.values["is_primary"]:
                given.setdefault(supplier.pk, []).append(row)
        for key, wanting in given.items():
            if len(wanting) + len(kept.get(key, ())) > 1:
                for row in wanting:
                    add_problems(row, [Problem("primary_twice", "is_primary")], self._places)

    def checked(self, current: Values, values: Values) -> Checked:
        given = {**current, **{name: values[name] for name in CONTACT_FIELDS if name in values}}
        if given.get("role") == "":
            # It cannot be emptied: a new contact gets the usual role, others keep theirs.
            given["role"] = current.get("role", ContactInput("").role)
        data = ContactInput(**{"name": "", **given})
        clean, problems = check_contact(data, self._roles, self._languages)
        record = {name: getattr(clean, name) for name in CONTACT_FIELDS}
        if current and record["email"] == current["email"].lower():
            record["email"] = current["email"]
        return record, problems

    def title(self, supplier: KnownSupplier, values: Values) -> str:
        return f"{supplier.code} · {values['email'] or values['name']}"


class _Sites(_Plan):
    twin_field = "code"
    defaults = {
        **{name: getattr(SiteInput("", ""), name) for name in SITE_FIELDS[2:]},
        "closed_on": "",
    }

    def __init__(self, actor: User, sheet: Sheet) -> None:
        super().__init__(actor, sheet)
        self._countries = known_countries()
        self._today = clock.today()

    def load(self, suppliers: set[int]) -> None:
        rows = site_records(_of(Site.objects.all(), suppliers))
        self._known = {(each.supplier, each.values["code"].lower()): each for each in rows}

    def find(
        self, supplier: KnownSupplier, values: Values
    ) -> tuple[KnownRecord | None, Any, list[Problem]]:
        code = one_line(values["code"]).lower()
        return self._known.get((supplier.pk, code)), code, []

    def checked(self, current: Values, values: Values) -> Checked:
        known = {**current, "closed_on": day_of(current["closed_on"])} if current else {}
        named = {name: values[name] for name in SITE_FIELDS if name in values}
        given = site_values(known, named)
        if current:
            given["code"] = current["code"]
        data = SiteInput(**{"name": "", **given})
        before = SiteInput(**known) if known else None
        clean, problems = check_site(data, self._countries, self._today, before)
        closed_on = clean.closed_on.isoformat() if clean.closed_on else ""
        record = {name: getattr(clean, name) for name in SITE_FIELDS}
        return {**record, "closed_on": closed_on}, problems

    def title(self, supplier: KnownSupplier, values: Values) -> str:
        return f"{supplier.code} · {values['code']}"


class _Spend(_Plan):
    twin_field = "year"
    defaults: Values = {}

    def load(self, suppliers: set[int]) -> None:
        rows: Iterable[KnownRecord] = spend_records(_of(AnnualSpend.objects.all(), suppliers))
        self._known = {
            (each.supplier, each.values["year"], each.values["currency"]): each for each in rows
        }
        self._today = clock.today()

    def find(
        self, supplier: KnownSupplier, values: Values
    ) -> tuple[KnownRecord | None, Any, list[Problem]]:
        key = whole_year(values["year"]), values["currency"].upper()
        return self._known.get((supplier.pk, *key)), key, []

    def checked(self, current: Values, values: Values) -> Checked:
        data = spend_of_texts(values["year"], values["currency"], values["amount"])
        clean, problems = check_spend(data, CURRENCIES, self._today)
        amount = "" if clean.amount is None or problems else f"{clean.amount:.2f}"
        return {"year": clean.year, "currency": clean.currency, "amount": amount}, problems

    def title(self, supplier: KnownSupplier, values: Values) -> str:
        return f"{supplier.code} · {values['year']} {values['currency']}"


_PLANS: dict[str, type[Any]] = {CONTACTS: _Contacts, SITES: _Sites, SPEND: _Spend}


def defaults_of(kind: str) -> Values:
    """What a new record is where its row says nothing."""
    defaults: Values = _PLANS[kind].defaults
    return defaults
