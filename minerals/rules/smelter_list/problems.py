"""What can be wrong with a smelter list, in words, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from minerals.rules.marks import N_

# ``left_out``: the row is not taken in; ``not_taken``: the value is not; ``kept``: it is taken in
# as it stands, a person should know; ``file``: about the whole file.
Effect = Literal["left_out", "not_taken", "kept", "file"]


@dataclass(frozen=True, slots=True)
class ListProblem:
    """``title``: the kind, for lists of kinds; the texts have ``%(name)s`` marks."""

    effect: Effect
    title: str
    message: str
    remedy: str = ""


PROBLEMS: Mapping[str, ListProblem] = {
    "id_missing": ListProblem(
        "left_out",
        N_("Without ID"),
        N_("The row has no smelter ID."),
        N_("It is left out. Ask the publisher for the ID if you need the smelter."),
    ),
    "id_by_name": ListProblem(
        "kept",
        N_("ID by name"),
        N_("The row has no smelter ID; the register knows “%(value)s” as %(cid)s."),
        N_("It is taken in under that ID. Give the ID in the file if another smelter is meant."),
    ),
    "id_malformed": ListProblem(
        "left_out",
        N_("Malformed ID"),
        N_("“%(value)s” is no RMI ID; one has the letters CID and six digits."),
        N_("The row is left out. Correct the ID in the file and upload it again."),
    ),
    "id_twice": ListProblem(
        "left_out",
        N_("ID twice"),
        N_("%(value)s stands in row %(first)s already."),
        N_("The first one is kept, this row is left out."),
    ),
    "id_two_metals": ListProblem(
        "left_out",
        N_("One ID, two metals"),
        N_("%(value)s stands in row %(first)s for %(first_metal)s, here for %(metal)s."),
        N_("An ID belongs to one metal. The first one is kept, this row is left out."),
    ),
    "id_other_metal": ListProblem(
        "kept",
        N_("Known for another metal"),
        N_("%(value)s is known as a smelter of %(known)s; the list says %(metal)s."),
        N_("The list is kept as it says; the register keeps the metal it knows. Ask RMI."),
    ),
    "name_missing": ListProblem(
        "kept",
        N_("Without name"),
        N_("The row has no name."),
        N_("The name that the register knows is used."),
    ),
    "metal_missing": ListProblem(
        "kept",
        N_("Without metal"),
        N_("The row names no metal, and the register knows none for this ID."),
        N_("The row is taken in; the metal stays open."),
    ),
    "status_missing": ListProblem(
        "kept",
        N_("Without status"),
        N_("The row has no status."),
        N_("The smelter counts as not listed until a list gives its status."),
    ),
    "status_unknown": ListProblem(
        "kept",
        N_("Unknown status word"),
        N_("Nobody has said yet what “%(value)s” means."),
        N_("Say once what it means. Until then the smelter counts as not listed."),
    ),
    "date_unclear": ListProblem(
        "not_taken",
        N_("Unclear date"),
        N_("“%(value)s” is no date that can be told with certainty."),
        N_("No date is taken in. Write it as 2026-03-31."),
    ),
    "date_in_future": ListProblem(
        "not_taken",
        N_("Assessment in the future"),
        N_("The last assessment would be on %(value)s, after the date of the list."),
        N_("No date is taken in. Check whether two columns were mixed up."),
    ),
    "cycle_unclear": ListProblem(
        "not_taken",
        N_("Unclear cycle"),
        N_("“%(value)s” tells no number of years."),
        N_("Without it no due date can be computed."),
    ),
    "column_missing": ListProblem(
        "file",
        N_("Column not found"),
        N_("No column was recognised as “%(column)s”."),
        N_("Say above which column it is, if the file has it."),
    ),
    "other_sheet_left_out": ListProblem(
        "file",
        N_("Other sheet left out"),
        N_("The sheet “%(sheet)s” has such headings too and is left out."),
        N_("Upload it as a file of its own if you need it."),
    ),
    # Of the file; it cannot be read
    "xml_entities": ListProblem(
        "file",
        N_("Unsafe XML"),
        N_("The file declares a document type or entities, which no honest list needs."),
        N_("Open it in Excel, save it as .xlsx and upload that."),
    ),
    "xml_broken": ListProblem(
        "file",
        N_("Broken XML"),
        N_("The XML of the file is broken (line %(row)s)."),
        N_("Download the list once more, or save it as .xlsx in Excel."),
    ),
    "not_spreadsheet_xml": ListProblem(
        "file",
        N_("Not a table"),
        N_("This XML file is no table of a spreadsheet program."),
        N_("Use the download of the list, or save it as .xlsx in Excel."),
    ),
    "header_missing": ListProblem(
        "file",
        N_("No headings"),
        N_("No row with headings was found."),
        N_("Put the headings into one of the first ten rows."),
    ),
    "list_reading_failed": ListProblem(
        "file",
        N_("Not read"),
        N_("The list could not be read for a reason of our own."),
        N_("Upload it once more; if it happens again, tell the administrator."),
    ),
}

HOLDS: Mapping[str, str] = {
    "many_gone": N_(
        "%(gone)s of the %(count)s smelters of the list before (%(percent)s %%) are not in this "
        "file. A cut-off download looks like that."
    ),
    "older_than_newest": N_(
        "It is dated before the newest list of this source (%(newest)s). Today's status stays as "
        "it is; what is answered about the days from %(listed)s to %(until)s changes."
    ),
}
