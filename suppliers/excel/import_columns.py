"""The columns of the spreadsheets that come in and go out, one list a kind of record.

Data only: labels and notes are message ids. The code of a column is the field of the input
dataclass of its record and never renamed; it is understood as a heading in every language.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from suppliers.rules.texts import N_

# How the text of a cell is taken apart (``excel.import_cells``).
# A switch counts as yes where the cell is empty.
Reading = Literal["text", "choice", "codes", "flag", "switch", "date", "year", "amount"]
# Lists that an installation knows (``selectors.import_layout``).
Choices = Literal[
    "", "countries", "kinds", "categories", "minerals", "currencies", "roles", "languages", "flags"
]
SUPPLIERS, CONTACTS, SITES, SPEND = "suppliers", "contacts", "sites", "spend"


@dataclass(frozen=True, slots=True)
class ImportColumn:
    """``required``: a new record needs it. ``names_record``: the file must have the column,
    because it says which record is meant. ``width`` in characters."""

    code: str
    label: str
    note: str
    example: str
    required: bool = False
    names_record: bool = False
    reading: Reading = "text"
    choices: Choices = ""
    width: float = 18


_SUPPLIER = ImportColumn(
    "supplier",
    N_("Supplier code"),
    N_("The code of a supplier that is in the system already."),
    "S-1001",
    required=True,
    names_record=True,
    width=16,
)
_COUNTRY = ImportColumn(
    "country",
    N_("Country code"),
    N_("Two letters of ISO 3166, or the name of the country."),
    "CN",
    reading="choice",
    choices="countries",
)
_REGION = ImportColumn(
    "region", N_("Province or state"), N_("As it stands in the address."), "Guangdong"
)
_CITY = ImportColumn("city", N_("City"), N_("As it stands in the address."), "Shenzhen")
_ADDRESS = ImportColumn(
    "address",
    N_("Address"),
    N_("Street, number and postal code."),
    "8 Keji Road, 518057",
    width=34,
)
_LOCAL_NAME = ImportColumn(
    "local_name",
    N_("Name in the local language"),
    N_("Only where it differs from the name."),
    "亮锡有限公司",
    width=30,
)

COLUMNS: dict[str, tuple[ImportColumn, ...]] = {
    SUPPLIERS: (
        ImportColumn(
            "code",
            N_("Supplier code"),
            N_("The number of your ERP system. A known code changes that supplier."),
            "S-1001",
            required=True,
            names_record=True,
            width=16,
        ),
        ImportColumn(
            "name",
            N_("Name"),
            N_("The legal name, in Latin letters if it has one."),
            "Bright Tin Co., Ltd.",
            required=True,
            width=36,
        ),
        _LOCAL_NAME,
        _COUNTRY,
        ImportColumn(
            "kind",
            N_("Kind of supplier"),
            N_("Production material, service or engineering subcontractor."),
            "production",
            reading="choice",
            choices="kinds",
            width=22,
        ),
        _REGION,
        _CITY,
        _ADDRESS,
        ImportColumn(
            "parent",
            N_("Parent company"),
            N_("The supplier code of the parent company; it may stand in this file."),
            "S-1000",
        ),
        ImportColumn(
            "buyer",
            N_("Buyer"),
            N_("The e-mail address of the buyer’s account."),
            "buyer@example.com",
            width=26,
        ),
        ImportColumn(
            "categories",
            N_("Categories"),
            N_("Codes of the list of categories, several separated by a semicolon."),
            "EL-PCB; EL-CON",
            reading="codes",
            choices="categories",
            width=24,
        ),
        ImportColumn(
            "single_source",
            N_("Single source"),
            N_("Yes where nobody else can deliver it."),
            "no",
            reading="flag",
            choices="flags",
            width=12,
        ),
        ImportColumn(
            "phase_out_on",
            N_("Phase-out on"),
            N_("Year, month and day, only where the supplier is being phased out."),
            "2027-06-30",
            reading="date",
            width=14,
        ),
        ImportColumn(
            "phase_out_reason",
            N_("Reason of the phase-out"),
            N_("Together with the date."),
            "",
            width=28,
        ),
        ImportColumn(
            "uscc",
            N_("Unified social credit code"),
            N_("18 signs, companies in mainland China. Format the cell as text."),
            "91350100M000100Y43",
            width=24,
        ),
        ImportColumn(
            "duns",
            N_("D-U-N-S number"),
            N_("Nine digits. Format the cell as text."),
            "123456789",
        ),
        ImportColumn(
            "vat", N_("VAT number"), N_("With the letters of the country."), "DE123456789"
        ),
        ImportColumn(
            "minerals",
            N_("Materials in scope"),
            N_("Metals that the goods may contain, several separated by a semicolon."),
            "tin; gold",
            reading="codes",
            choices="minerals",
            width=24,
        ),
        ImportColumn(
            "minerals_reason",
            N_("Why these materials"),
            N_("The parts or the process, for example solder paste."),
            "Solder paste",
            width=28,
        ),
    ),
    CONTACTS: (
        _SUPPLIER,
        ImportColumn(
            "name",
            N_("Name of the person"),
            N_("The full name. Without an address, the name says which contact is meant."),
            "Wang Liang",
            required=True,
            names_record=True,
            width=26,
        ),
        ImportColumn(
            "email",
            N_("E-mail address"),
            N_("The business address. A known address changes that contact."),
            "wang@example.com",
            width=30,
        ),
        ImportColumn("phone", N_("Phone"), N_("With the country’s prefix."), "+86 755 0000 0000"),
        ImportColumn("title", N_("Job title"), N_("As on the business card."), "Quality manager"),
        ImportColumn(
            "role",
            N_("Role of the contact"),
            N_("What the person is asked about."),
            "quality",
            reading="choice",
            choices="roles",
        ),
        ImportColumn(
            "language",
            N_("Language of the contact"),
            N_("In which language the person is written to."),
            "zh-hans",
            reading="choice",
            choices="languages",
        ),
        ImportColumn(
            "is_primary",
            N_("First contact"),
            N_("Yes for the person who is written to first."),
            "yes",
            reading="flag",
            choices="flags",
            width=12,
        ),
        ImportColumn(
            "may_sign",
            N_("May sign for the company"),
            N_("Yes for people authorised to sign documents."),
            "no",
            reading="flag",
            choices="flags",
        ),
    ),
    SITES: (
        _SUPPLIER,
        ImportColumn(
            "code",
            N_("Site code"),
            N_("Short, unique within the supplier. A known code changes that site."),
            "SZ-1",
            required=True,
            names_record=True,
            width=14,
        ),
        ImportColumn(
            "name",
            N_("Name of the site"),
            N_("As people call it."),
            "Shenzhen plant 1",
            required=True,
            width=30,
        ),
        _LOCAL_NAME,
        _COUNTRY,
        _REGION,
        _CITY,
        _ADDRESS,
        ImportColumn(
            "is_active",
            N_("In use"),
            N_("No for a site that is closed; an empty cell counts as yes."),
            "yes",
            reading="switch",
            choices="flags",
            width=10,
        ),
        ImportColumn(
            "closed_on",
            N_("Closed on"),
            N_("The day a site was closed; empty counts as the day of the import."),
            "",
            reading="date",
            width=14,
        ),
    ),
    SPEND: (
        _SUPPLIER,
        ImportColumn(
            "year",
            N_("Year"),
            N_("The calendar year with four digits."),
            "2025",
            required=True,
            names_record=True,
            reading="year",
            width=10,
        ),
        ImportColumn(
            "currency",
            N_("Currency"),
            N_("Three letters of ISO 4217."),
            "CNY",
            required=True,
            names_record=True,
            reading="choice",
            choices="currencies",
            width=12,
        ),
        ImportColumn(
            "amount",
            N_("Amount"),
            N_("Net spend of the year: a number without currency sign, at most two decimals."),
            "1250000.00",
            required=True,
            names_record=True,
            reading="amount",
            width=18,
        ),
    ),
}


def columns_of(kind: str) -> dict[str, ImportColumn]:
    """By their codes, in the order of the template."""
    return {column.code: column for column in COLUMNS[kind]}
