"""What can be wrong with master data: stable codes with message and remedy.

Forms, the API and spreadsheets say the same about the same mistake.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from suppliers.rules.texts import N_


@dataclass(frozen=True, slots=True)
class Problem:
    """``code`` is a key of ``PROBLEMS``; ``field`` names the input; ``params`` fill the texts."""

    code: str
    field: str
    params: Mapping[str, Any] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProblemText:
    """Message ids with ``%(name)s`` placeholders."""

    message: str
    remedy: str


PROBLEMS: dict[str, ProblemText] = {
    "supplier_code_missing": ProblemText(
        N_("Give the supplier a code."), N_("Enter the number of your ERP system.")
    ),
    "supplier_code_taken": ProblemText(
        N_("The code %(code)s belongs to another supplier."),
        N_("Use another code, or open that supplier and change it."),
    ),
    "supplier_name_missing": ProblemText(
        N_("Give the supplier a name."), N_("Enter the legal name of the company.")
    ),
    "supplier_unknown": ProblemText(
        N_("There is no supplier with the code %(value)s."),
        N_("Check the code, or create the supplier first."),
    ),
    "text_too_long": ProblemText(
        N_("The text has %(length)s characters; %(most)s fit."), N_("Shorten it.")
    ),
    "text_unprintable": ProblemText(
        N_("The text holds characters that cannot be stored."),
        N_("Type it anew instead of pasting it."),
    ),
    "country_unknown": ProblemText(
        N_("“%(value)s” is no country code; use two letters such as CN."),
        N_("Enter the two letters of ISO 3166, for example CN or DE."),
    ),
    "kind_unknown": ProblemText(
        N_("“%(value)s” is no kind of supplier."),
        N_("Use one of: %(allowed)s."),
    ),
    "category_unknown": ProblemText(
        N_("There is no category “%(value)s”."),
        N_("Use a code from the list of categories, several separated by a semicolon."),
    ),
    "currency_unknown": ProblemText(
        N_("“%(value)s” is no currency code; use three letters such as CNY."),
        N_("Enter the three letters of ISO 4217, for example CNY or EUR."),
    ),
    "mineral_unknown": ProblemText(
        N_("“%(value)s” is no material of the list."),
        N_("Use one of: %(allowed)s."),
    ),
    "minerals_reason_missing": ProblemText(
        N_("Say why the goods may contain these materials."),
        N_("Name the parts or the process, for example “solder paste”."),
    ),
    "parent_unknown": ProblemText(
        N_("There is no supplier with the code %(value)s for the parent company."),
        N_("Check the code, or create the parent company first."),
    ),
    "parent_is_self": ProblemText(
        N_("A supplier cannot be its own parent company."), N_("Leave the field empty.")
    ),
    "parent_in_circle": ProblemText(
        N_("The parent company already belongs to this supplier."),
        N_("Choose a parent that is not below this supplier."),
    ),
    "country_outside_scope": ProblemText(
        N_("You see suppliers in these countries only: %(allowed)s. You would not see this one."),
        N_("Choose one of these countries, or enter yourself as the buyer."),
    ),
    "category_outside_scope": ProblemText(
        N_("You see suppliers of these categories only: %(allowed)s. You would not see this one."),
        N_("Add one of these categories, or enter yourself as the buyer."),
    ),
    "buyer_unknown": ProblemText(
        N_("No colleague with the role procurement has the address %(value)s."),
        N_("Enter the e-mail address of a buyer’s account, or leave it empty."),
    ),
    "date_invalid": ProblemText(
        N_("“%(value)s” is no date."), N_("Write year, month and day: 2026-12-31.")
    ),
    "yes_no_invalid": ProblemText(N_("“%(value)s” is neither yes nor no."), N_("Write yes or no.")),
    "phase_out_reason_missing": ProblemText(
        N_("Give the reason of the phase-out."), N_("Say in a few words why it ends.")
    ),
    "phase_out_fixed": ProblemText(
        N_("The phase-out is done or its day has come; the date stays."),
        N_("Phase the supplier out and open it again, if it shall deliver longer."),
    ),
    "phase_out_date_impossible": ProblemText(
        N_("The day must be today or later, within ten years."),
        N_("Look at the year; what was answered about past days stays true."),
    ),
    "phase_out_date_missing": ProblemText(
        N_("Give the date of the phase-out."), N_("Write year, month and day: 2026-12-31.")
    ),
    "registration_invalid": ProblemText(
        N_("“%(value)s” cannot be a %(kind)s."),
        N_("Check for missing or exchanged digits, or leave it empty."),
    ),
    "site_code_missing": ProblemText(
        N_("Give the site a code."), N_("Enter a short code, unique within the supplier.")
    ),
    "site_open_with_end": ProblemText(
        N_("A site in use has no closing day."),
        N_("Leave the day empty, or mark the site as no longer in use."),
    ),
    "site_end_future": ProblemText(
        N_("The closing day is in the future."),
        N_("Close the site on that day; until then it is in use."),
    ),
    "site_code_taken": ProblemText(
        N_("The supplier has a site %(code)s already."), N_("Use another code.")
    ),
    "site_name_missing": ProblemText(N_("Give the site a name."), N_("Enter its usual name.")),
    "contact_name_missing": ProblemText(
        N_("Give the name of the person."), N_("Enter the full name.")
    ),
    "email_missing": ProblemText(
        N_("Give the e-mail address."), N_("Enter the person’s business address.")
    ),
    "email_invalid": ProblemText(
        N_("“%(value)s” is no e-mail address."), N_("Check it; it looks like name@company.com.")
    ),
    "contact_email_taken": ProblemText(
        N_("The supplier has a contact with this address already."),
        N_("Change that contact instead."),
    ),
    "contact_role_unknown": ProblemText(
        N_("“%(value)s” is no role of a contact."), N_("Use one of: %(allowed)s.")
    ),
    "language_unknown": ProblemText(
        N_("“%(value)s” is no language of the portal."), N_("Use one of: %(allowed)s.")
    ),
    "year_invalid": ProblemText(
        N_("“%(value)s” is no year between %(first)s and %(last)s."),
        N_("Enter the calendar year with four digits."),
    ),
    "spend_recorded": ProblemText(
        N_("The spend of %(year)s in %(currency)s is recorded already."),
        N_("Open it to correct the amount."),
    ),
    "amount_invalid": ProblemText(
        N_("“%(value)s” is no amount."),
        N_("Enter a number without currency sign, with at most two decimals."),
    ),
    "amount_negative": ProblemText(
        N_("The amount is below zero."), N_("Enter the net spend of the year, zero or more.")
    ),
    "amount_too_large": ProblemText(
        N_("The amount is larger than any spend can be."), N_("Check the decimals.")
    ),
}
