"""Why a file is not let in or cannot be read: the codes of the upload guard and of the reader."""

from __future__ import annotations

from minerals.rules.checks import Check
from minerals.rules.marks import N_


def _refusal(code: str, title: str, message: str, why: str, remedy: str) -> Check:
    return Check(code, "file", "error", title, message, why, remedy)


CHECKS: tuple[Check, ...] = (
    _refusal(
        "file_not_found",
        N_("File not found"),
        N_("%(name)s cannot be opened: %(reason)s."),
        N_("A file that cannot be opened cannot be judged."),
        N_("Check the path and the permissions of the file."),
    ),
    _refusal(
        "archive_not_expected",
        N_("A ZIP where a workbook is expected"),
        N_("%(name)s is a ZIP of files, not one workbook."),
        N_("This command judges one workbook at a time."),
        N_("Unpack the ZIP first, or take it in with ingest_declarations."),
    ),
    _refusal(
        "empty_file",
        N_("Empty file"),
        N_("The file is empty (0 bytes)."),
        N_("An empty file usually comes from an upload or e-mail that was interrupted."),
        N_("Open the workbook, save it again and send that copy."),
    ),
    _refusal(
        "file_too_large",
        N_("File too large"),
        N_("The file has %(size)s MB; at most %(limit)s MB are accepted."),
        N_("A filled template has 1 to 3 MB; more usually means pictures or other data inside."),
        N_("Take out pictures and additional sheets, save the workbook and send it again."),
    ),
    _refusal(
        "not_a_spreadsheet",
        N_("Not an Excel workbook"),
        N_("The file is not an Excel workbook, whatever its name says; its content is: %(found)s."),
        N_("Only the filled Excel template can be judged."),
        N_("Send the template itself as .xlsx, not a picture, a print or another document."),
    ),
    _refusal(
        "unsupported_spreadsheet",
        N_("Unsupported spreadsheet format"),
        N_("The file is a spreadsheet, but in the format %(found)s."),
        N_("The templates exist only as Excel workbooks, and other formats lose parts of them."),
        N_("Open the file, choose Save As, Excel Workbook (.xlsx), and send that file."),
    ),
    _refusal(
        "damaged_archive",
        N_("Damaged file"),
        N_("The file is damaged or incomplete and cannot be opened."),
        N_("Part of the file is missing, most often after an interrupted transfer."),
        N_("Check that the file opens in Excel, save it again and send that copy."),
    ),
    _refusal(
        "encrypted_workbook",
        N_("Protected by a password"),
        N_("The workbook is encrypted and opens only with a password."),
        N_("Its content cannot be read, and passwords are not asked for."),
        N_("Remove the password under File, Info, Protect Workbook, save the file and send it."),
    ),
    _refusal(
        "protected_legacy_workbook",
        N_("Protected old workbook"),
        N_("The workbook is in the old .xls format and protected, so its content is encrypted."),
        N_("In this format a workbook is encrypted even if only its structure was protected."),
        N_("Open it in Excel, remove the protection, save it as .xlsx and send that file."),
    ),
    _refusal(
        "macros_in_old_workbook",
        N_("Macros in an old workbook"),
        N_("The workbook is in the old .xls format and contains macros."),
        N_("Macros are never kept, and from this format they cannot be taken out safely."),
        N_("Save the workbook as .xlsx, which drops the macros, and send that file."),
    ),
    _refusal(
        "macro_sheets_present",
        N_("Sheets of old macros"),
        N_("The workbook contains sheets of Excel 4 macros."),
        N_("No template has such sheets; today they are mainly used to hide harmful programs."),
        N_("Copy the answers into a fresh template and send that file."),
    ),
    _refusal(
        "encrypted_archive",
        N_("ZIP protected by a password"),
        N_("The ZIP is protected by a password, so its content cannot be read."),
        N_("Files are only accepted if they can be checked."),
        N_("Make the ZIP again without a password, or send the workbooks one by one."),
    ),
    _refusal(
        "empty_archive",
        N_("Empty ZIP"),
        N_("The ZIP contains no files."),
        N_("There is nothing to judge."),
        N_("Put the filled templates into the ZIP, or send them one by one."),
    ),
    _refusal(
        "nested_archive",
        N_("ZIP inside a ZIP"),
        N_("This file is itself a ZIP inside the ZIP that was sent."),
        N_("Only one level is opened, so that no file can grow without end."),
        N_("Unpack it and put the workbooks directly into one ZIP."),
    ),
    _refusal(
        "too_many_members",
        N_("Too many files in one ZIP"),
        N_("The file contains %(count)s entries; at most %(limit)s are accepted."),
        N_("The limit keeps one upload from blocking all others."),
        N_("Send several ZIPs with fewer files each."),
    ),
    _refusal(
        "duplicate_member",
        N_("Same name twice in the ZIP"),
        N_("The ZIP contains another file with the name %(part)s."),
        N_("It is not certain which of the two is meant; only the first one was taken."),
        N_("Give each file a name of its own."),
    ),
    _refusal(
        "path_traversal",
        N_("Forbidden file name in the ZIP"),
        N_("The entry %(part)s points outside the ZIP."),
        N_("Such names are used to overwrite files of the receiver."),
        N_("Make the ZIP or save the workbook again with a usual program."),
    ),
    _refusal(
        "zip_bomb",
        N_("Unpacks to far too much data"),
        N_("The part %(part)s unpacks to more than a workbook can hold, or hides its real size."),
        N_("Such a file would fill the memory of the computer that opens it."),
        N_("Copy the answers into a fresh template and send that file."),
    ),
    _refusal(
        "xml_entities",
        N_("Forbidden definitions inside the workbook"),
        N_("The part %(part)s defines XML entities, which no spreadsheet program writes."),
        N_("Such definitions are used to read other files or to fill the memory."),
        N_("Copy the answers into a fresh template and send that file."),
    ),
    _refusal(
        "sheet_too_large",
        N_("Sheet far too large"),
        N_("The sheet %(sheet)s has content as far out as cell %(cell)s."),
        N_("Everything up to that cell would have to be read, far more than any template has."),
        N_("Go to that cell, delete its rows and columns up to the form, and save the workbook."),
    ),
    _refusal(
        "cell_too_long",
        N_("Text far too long"),
        N_("The text in %(cell)s is far longer than the 32,767 characters Excel allows."),
        N_("A text of this size is not an answer, and would block the reading of others."),
        N_("Shorten the text in that cell and send the workbook again."),
    ),
    _refusal(
        "damaged_sheet",
        N_("Damaged sheet"),
        N_("The sheet %(sheet)s is damaged and cannot be read."),
        N_("The workbook was changed by a program that does not write correct Excel files."),
        N_("Open the workbook in Excel, let it repair the file, save it and send that copy."),
    ),
    _refusal(
        "reading_timeout",
        N_("Reading took too long"),
        N_("The workbook could not be read within %(seconds)s seconds."),
        N_("A filled template is read within a second; this file holds far more than that."),
        N_("Copy the answers into a fresh template and send that file."),
    ),
    _refusal(
        "reading_memory",
        N_("Reading needs too much memory"),
        N_("Reading the workbook needs more than %(limit)s MB of memory."),
        N_("A filled template needs a fraction of that; this file holds far more data."),
        N_("Copy the answers into a fresh template and send that file."),
    ),
    _refusal(
        "file_not_stored",
        N_("The file could not be stored"),
        N_("The file arrived, but the portal could not store it."),
        N_("The fault is the portal's, not the file's; most often its disk is full."),
        N_("Tell the administrator of the portal, and hand in the file again later."),
    ),
    _refusal(
        "judging_failed",
        N_("The file could not be judged"),
        N_("Judging the file ended with a fault of the portal."),
        N_("The file itself may be in order; it was kept as it came."),
        N_("Hand in the same file again. If it fails again, tell the administrator."),
    ),
    _refusal(
        "reading_failed",
        N_("The workbook could not be read"),
        N_("The reading of the workbook ended unexpectedly."),
        N_("The workbook is built in a way that was not foreseen. Other files are not affected."),
        N_("Open the workbook in Excel, save it as .xlsx and send it again, or ask for help."),
    ),
)
