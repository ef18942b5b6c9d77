"""Checks of single rows of the Smelter List."""

from __future__ import annotations

from minerals.rules.checks import Check
from minerals.rules.marks import N_

SMELTER_CHECKS = (
    Check(
        "smelter_cid_malformed",
        "smelters",
        "error",
        N_("Smelter ID has the wrong form"),
        N_('The smelter ID "%(cid)s" is not CID followed by six digits.'),
        N_("The template finds a smelter only by its exact ID."),
        N_(
            "Copy the ID from the look-up sheet without blanks, or leave it empty and choose "
            "metal and name."
        ),
    ),
    Check(
        "smelter_cid_unknown",
        "smelters",
        "warning",
        N_("Smelter ID is not known"),
        N_("The smelter ID %(cid)s is in no list known here."),
        N_("It may be mistyped, or the smelter was never listed."),
        N_("Check the ID against the look-up sheet of your template, or ask your supplier."),
    ),
    Check(
        "smelter_not_in_current_list",
        "smelters",
        "warning",
        N_("Smelter is not in the list used here"),
        N_("%(name)s (%(cid)s) is in the list of your template but not in the one used here."),
        N_(
            "Smelters leave the list when they close or turn out not to be smelters; "
            "that says nothing about how they behave."
        ),
        N_("Check in the newest template whether the smelter still belongs in your supply chain."),
    ),
    Check(
        "smelter_cid_metal_conflict",
        "smelters",
        "error",
        N_("Smelter ID belongs to another metal"),
        N_("%(cid)s is %(name)s, a smelter of %(listed_metal)s, but the row says %(metal)s."),
        N_("An ID belongs to one metal; the row can mean only one of the two."),
        N_("Correct the metal or the smelter ID."),
    ),
    Check(
        "smelter_cid_name_conflict",
        "smelters",
        "warning",
        N_("Smelter ID and name disagree"),
        N_('%(cid)s is %(listed_name)s, but the row names "%(name)s".'),
        N_("The template follows the name and ignores the ID, which may not be what you meant."),
        N_("Keep the one that is right and correct or clear the other."),
    ),
    Check(
        "smelter_country_conflict",
        "smelters",
        "warning",
        N_("Country disagrees with the list"),
        N_("The row says %(country)s; the list has %(name)s (%(cid)s) in %(listed_country)s."),
        N_("It may be another site of the same company."),
        N_("Correct the country, or choose the smelter of that country."),
    ),
    Check(
        "smelter_not_listed_incomplete",
        "smelters",
        "error",
        N_("Unlisted smelter without name or country"),
        N_("The row says that the smelter is not listed, but its name or country is missing."),
        N_("Without both nobody can find out which smelter it is."),
        N_("Enter the name and the country of the smelter in this row."),
    ),
    Check(
        "smelter_listed_after_all",
        "smelters",
        "info",
        N_("The smelter is listed"),
        N_('The row says "not listed", but "%(name)s" is %(listed_name)s (%(cid)s).'),
        N_("Choosing it from the list fills in the rest of the row."),
        N_("Choose %(listed_name)s in the look-up column."),
    ),
    Check(
        "smelter_duplicate",
        "smelters",
        "warning",
        N_("Smelter listed twice"),
        N_("%(name)s is already listed in %(other_cell)s."),
        N_("Each smelter is listed once per metal."),
        N_("Remove one of the two rows; keep the one with more details."),
    ),
    Check(
        "smelter_alias_without_cid",
        "smelters",
        "info",
        N_("Known under another name"),
        N_('"%(name)s" is another name of %(listed_name)s (%(cid)s).'),
        N_("With its ID a smelter is found whatever its name is."),
        N_("Enter %(cid)s in the ID column; nothing else needs to change."),
    ),
    Check(
        "smelter_unmatched",
        "smelters",
        "warning",
        N_("Smelter is in no list"),
        N_('"%(name)s" is in no list of %(metal)s smelters.'),
        N_("It may be misspelt, a trader, or a smelter nobody has listed yet."),
        N_(
            'Choose the name from the list, or choose "Smelter not listed" and give name and '
            "country."
        ),
    ),
    Check(
        "smelter_near_miss",
        "smelters",
        "warning",
        N_("Smelter name is close to a listed one"),
        N_('"%(name)s" is in no list; did you mean %(listed_name)s (%(cid)s, %(score)s %%)?'),
        N_("A misspelt name is not recognised by the template either."),
        N_("If so, enter %(cid)s in the ID column; otherwise give name and country as not listed."),
    ),
    Check(
        "smelter_ambiguous",
        "smelters",
        "warning",
        N_("Name stands for several smelters"),
        N_('"%(name)s" stands for several smelters: %(candidates)s.'),
        N_("The template takes the first one, which may be the wrong one."),
        N_("Enter the ID of the smelter you mean in the ID column."),
    ),
    Check(
        "smelter_other_metal",
        "smelters",
        "warning",
        N_("Name belongs to another metal"),
        N_('"%(name)s" is listed for %(listed_metal)s (%(cid)s), not for %(metal)s.'),
        N_("Either the metal or the name of the row is wrong."),
        N_("Correct the metal, or choose a smelter of %(metal)s."),
    ),
    Check(
        "smelter_not_identified",
        "smelters",
        "info",
        N_("Smelter not identified yet"),
        N_("The row says that a smelter of %(metal)s is not identified yet."),
        N_("This is an honest answer; it will need an update."),
        N_("Tell us by when the smelter will be known."),
    ),
    Check(
        "smelter_placeholder",
        "smelters",
        "warning",
        N_("Placeholder instead of a smelter"),
        N_('The smelter name is "%(name)s".'),
        N_("A placeholder cannot be assessed."),
        N_('Name the smelter, or choose "Smelter not yet identified".'),
    ),
    Check(
        "smelter_is_trader",
        "smelters",
        "warning",
        N_("Name looks like a trader or an office"),
        N_('"%(name)s" looks like a trader or an office rather than a smelter.'),
        N_("Only the place where metal is smelted or refined can be assessed."),
        N_("Ask this company which smelter the metal comes from and name that one."),
    ),
    Check(
        "smelter_metal_missing",
        "smelters",
        "warning",
        N_("Row without a metal"),
        N_("The row names a smelter but no metal."),
        N_("The same company may smelt several metals; the template needs the metal to find it."),
        N_("Choose the metal of this row."),
    ),
    Check(
        "smelter_name_missing",
        "smelters",
        "warning",
        N_("Row without a smelter"),
        N_("The row names the metal %(metal)s but no smelter."),
        N_("The official check may count the row although it names nothing."),
        N_("Choose the smelter, or remove the row."),
    ),
)
