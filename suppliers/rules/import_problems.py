"""What can be wrong with an imported file, beside what ``rules.problems`` says of its values."""

from __future__ import annotations

from suppliers.rules.problems import PROBLEMS, ProblemText
from suppliers.rules.texts import N_

# These do not stop an import.
WARNINGS = frozenset(
    {
        "column_unknown",
        "column_resembles",
        "other_sheet_left_out",
        "supplier_resembles",
        "number_known",
        "row_resembles",
    }
)

IMPORT_PROBLEMS: dict[str, ProblemText] = {
    # The file as a whole
    "empty_sheet": ProblemText(
        N_("The file has no content."), N_("Fill in the template and upload it again.")
    ),
    "header_missing": ProblemText(
        N_("No row with known headings was found."),
        N_("Put the headings of the template into one of the first ten rows."),
    ),
    "column_missing": ProblemText(
        N_("The column “%(column)s” is missing."),
        N_("Add it; it says which record each row is about."),
    ),
    "column_needed": ProblemText(
        N_("The column “%(column)s” is missing."),
        N_("Add it; new records need it."),
    ),
    "column_misnamed": ProblemText(
        N_("The column “%(column)s” is missing; %(cell)s says “%(heading)s”."),
        N_("Correct the heading, or add the column, and upload the file again."),
    ),
    "column_resembles": ProblemText(
        N_("The column “%(heading)s” is not known and is left out; “%(column)s” may be meant."),
        N_("Correct the heading and upload the file again if that is what you mean."),
    ),
    "column_twice": ProblemText(
        N_("The column “%(column)s” is there twice: %(first)s and %(second)s."),
        N_("Remove one of them."),
    ),
    "column_unknown": ProblemText(
        N_("The column “%(column)s” is not known and is left out."),
        N_("Nothing to do, if that is what you expect."),
    ),
    "column_without_heading": ProblemText(
        N_("There is content beside the table, in a column without heading."),
        N_("Give the column a heading or empty it."),
    ),
    "other_sheet_left_out": ProblemText(
        N_("The sheet “%(sheet)s” has such headings too and is left out."),
        N_("Upload it as a file of its own if you need it."),
    ),
    "too_many_rows": ProblemText(
        N_("The file has more than %(limit)s rows."), N_("Divide it into several files.")
    ),
    "cell_far_out": ProblemText(
        N_("There is content far outside the table."),
        N_("Delete the cells outside the table and save the file again."),
    ),
    "merged_cells": ProblemText(
        N_("Merged cells: only the first of them has a value."),
        N_("Unmerge the cells and fill in each row."),
    ),
    "formula_cell": ProblemText(
        N_("The cell holds a formula."),
        N_("Copy the column and paste it as values."),
    ),
    "error_cell": ProblemText(
        N_("The cell shows an error of the spreadsheet."), N_("Correct it or empty the cell.")
    ),
    "encoding_unknown": ProblemText(
        N_("The characters of the file cannot be read."),
        N_("Save it as “CSV UTF-8” or as an Excel workbook."),
    ),
    "csv_broken": ProblemText(
        N_("From row %(row)s on the file cannot be read: a quotation mark is not closed."),
        N_("Correct the quotation marks, or save it as an Excel workbook."),
    ),
    "table_too_large": ProblemText(
        N_("The file holds more text than can be read at once."),
        N_("Divide it into several files."),
    ),
    "reading_timeout": ProblemText(
        N_("Reading the file took longer than %(seconds)s seconds."),
        N_("Remove pictures and unused sheets, or divide the file."),
    ),
    "reading_memory": ProblemText(
        N_("Reading the file needs more than %(limit)s MB of memory."),
        N_("Remove pictures and unused sheets, or divide the file."),
    ),
    "reading_failed": ProblemText(
        N_("The file could not be read."),
        N_("Open it in Excel, save it as .xlsx and upload it again."),
    ),
    # What is not let in
    "empty_file": ProblemText(
        N_("The file is empty."), N_("Save it again in Excel and choose it once more.")
    ),
    "file_too_large": ProblemText(
        N_("The file has %(size)s MB; at most %(limit)s MB can be read."),
        N_("Remove pictures and unused sheets, or divide the file."),
    ),
    "not_a_spreadsheet": ProblemText(
        N_("This is neither an Excel workbook nor a CSV file."),
        N_("Save the table as .xlsx or as CSV."),
    ),
    "unsupported_spreadsheet": ProblemText(
        N_("Files of the kind %(found)s cannot be read."), N_("Save the table as .xlsx.")
    ),
    "old_workbook_format": ProblemText(
        N_("Workbooks in the old format (.xls) do not show which of their cells are formulas."),
        N_("Open it in Excel, save it as .xlsx and upload that."),
    ),
    "damaged_archive": ProblemText(
        N_("The file is damaged."), N_("Open it in Excel, save it as .xlsx and upload it again.")
    ),
    "encrypted_workbook": ProblemText(
        N_("The file is protected by a password."), N_("Remove the password and save it again.")
    ),
    "protected_legacy_workbook": ProblemText(
        N_("The file is protected by a password."), N_("Remove the password and save it again.")
    ),
    "macros_in_old_workbook": ProblemText(
        N_("The file has macros in the old format."), N_("Save it as .xlsx, without macros.")
    ),
    "zip_bomb": ProblemText(
        N_("The file unpacks to far more than any table needs."),
        N_("Copy the rows into the template and upload that."),
    ),
    "xml_entities": ProblemText(
        N_("The file holds instructions that no honest table has."),
        N_("Copy the rows into the template and upload that."),
    ),
    "path_traversal": ProblemText(
        N_("The file holds instructions that no honest table has."),
        N_("Copy the rows into the template and upload that."),
    ),
    "too_many_members": ProblemText(
        N_("The file has more parts than any table needs."),
        N_("Copy the rows into the template and upload that."),
    ),
    # Rows
    "row_twice": ProblemText(
        N_("Rows %(first)s and %(second)s are about the same record."),
        N_("Keep one of them."),
    ),
    "supplier_merged": ProblemText(
        N_("This supplier was merged into another."), N_("Use the code of the remaining one.")
    ),
    "supplier_code_missing_here": ProblemText(
        N_("The row names no supplier."), N_("Enter the code of a supplier.")
    ),
    "contact_ambiguous": ProblemText(
        N_("The supplier has several contacts of this name."),
        N_("Enter the e-mail address of the one that is meant."),
    ),
    "contact_address_of_account": ProblemText(
        N_("This person signs in with %(email)s."),
        N_("Enter that address; administrators change addresses of accounts."),
    ),
    "primary_twice": ProblemText(
        N_("The supplier would have more than one first contact."),
        N_("Say yes for one person, and no in the row of whoever is first now."),
    ),
    "supplier_resembles": ProblemText(
        N_("The name resembles that of %(code)s %(name)s."),
        N_("If they are the same company, use that code."),
    ),
    "row_resembles": ProblemText(
        N_("The name resembles that in row %(row)s."),
        N_("If they are the same company, keep one of the rows."),
    ),
    "number_known": ProblemText(
        N_("%(code)s has the same %(kind)s."),
        N_("If they are the same company, use that code."),
    ),
    # Undoing
    "later_change": ProblemText(
        N_("%(key)s: “%(field)s” was changed later, by %(who)s on %(when)s."),
        N_("Change it back by hand first, or leave the import as it is."),
    ),
    "later_records": ProblemText(
        N_("%(key)s has got something since: %(what)s."),
        N_("Remove it first, or leave the import as it is."),
    ),
    "later_merge": ProblemText(
        N_("%(key)s was merged into another supplier later."),
        N_("Leave the import as it is and correct the record by hand."),
    ),
    "name_gone": ProblemText(
        N_("%(key)s: “%(field)s” cannot become %(value)s again; it no longer exists."),
        N_("Leave the import as it is and correct the record by hand."),
    ),
    "undo_in_circle": ProblemText(
        N_("%(key)s: the former parent company belongs to this supplier now."),
        N_("Change the parent company by hand first."),
    ),
    "record_out_of_sight": ProblemText(
        N_("%(key)s is outside what you may see now."),
        N_("Ask an administrator to undo the import."),
    ),
    "changed_meanwhile": ProblemText(
        N_("The record was changed by somebody else after the check."),
        N_("Check the file again and look at what would happen now."),
    ),
}


def text_of_problem(code: str) -> ProblemText:
    """Message and remedy; the code itself for one that is no longer in use."""
    return PROBLEMS.get(code) or IMPORT_PROBLEMS.get(code) or ProblemText(code, "")
