"""Checks of the file itself: what it is, where it comes from, how well it could be read."""

from __future__ import annotations

from minerals.rules.checks import Check
from minerals.rules.marks import N_

FILE_CHECKS = (
    Check(
        "outdated_template",
        "file",
        "error",
        N_("Outdated template"),
        N_("This file uses %(family)s %(version)s, which is no longer in use."),
        N_("Old templates ask other questions, so their answers cannot be compared."),
        N_("Copy the answers into %(newest)s and send that file."),
    ),
    Check(
        "template_below_minimum",
        "file",
        "warning",
        N_("Older template than requested"),
        N_("This file uses %(family)s %(version)s; %(minimum)s or newer was requested."),
        N_("Older versions carry an older smelter list and may lack questions."),
        N_("Use %(family)s %(minimum)s or newer next time, or now if you are asked to."),
    ),
    Check(
        "template_not_latest",
        "file",
        "info",
        N_("A newer template exists"),
        N_("This file uses %(family)s %(version)s; the newest one known here is %(newest)s."),
        N_("The newest template has the newest smelter list."),
        N_("Use %(newest)s for the next declaration."),
    ),
    Check(
        "unknown_newer_version",
        "file",
        "warning",
        N_("Version not known here"),
        N_("The file says it is %(family)s %(version)s; it was read like %(layout)s."),
        N_("A newer template may have moved cells, so please compare what was read."),
        N_("Check the answers shown here against the file; an administrator can add the version."),
    ),
    Check(
        "macros_in_file",
        "file",
        "error",
        N_("The workbook contains macros"),
        N_("The workbook contains macros; they were neither run nor kept."),
        N_("The official template has no macros, and macros can do harm."),
        N_("Save the workbook as .xlsx without macros and send that file."),
    ),
    Check(
        "external_links_in_file",
        "file",
        "error",
        N_("The workbook refers to other files"),
        N_("The workbook takes values from another file that was not sent."),
        N_("Values from another file may be missing or old here."),
        N_("Replace the references by their values and send the file again."),
    ),
    Check(
        "same_file_other_supplier",
        "file",
        "warning",
        N_("Same file as another supplier"),
        N_("Exactly this file was also sent for %(owner)s."),
        N_(
            "It may be a forwarded file of a manufacturer; then it does not speak for this company."
        ),
        N_("Send your own company's declaration, or explain why the file is shared."),
    ),
    Check(
        "same_file_as_before",
        "file",
        "warning",
        N_("Same file as before"),
        N_("Exactly this file was already received on %(date)s."),
        N_("A declaration is renewed each year, even when the answers stay the same."),
        N_("Send the current declaration with a new date, or confirm that nothing changed."),
    ),
    Check(
        "mineral_order_unknown",
        "file",
        "warning",
        N_("Minerals cannot be assigned to answers"),
        N_("The file holds no calculated values, so the order of its minerals is not certain."),
        N_("In this template the answers belong to minerals in sorted order."),
        N_("Open the file in a spreadsheet program, save it, and send it again."),
    ),
    Check(
        "orphan_answer",
        "file",
        "warning",
        N_("Answer without a mineral"),
        N_('Question %(question)s has the answer "%(value)s" in a row that has no mineral.'),
        N_("When a mineral is taken out of the scope, its answers stay behind and may be misread."),
        N_("Clear the cell, or add the mineral it belongs to."),
    ),
)
