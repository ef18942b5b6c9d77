"""The workbook to fill in for an import, in the reader's language."""

from __future__ import annotations

from typing import IO

from django.utils.translation import gettext as _

from core.spreadsheets.template import FillColumn, Guide, write_template
from suppliers.enums import ImportKind
from suppliers.excel.import_columns import COLUMNS, ImportColumn
from suppliers.selectors.import_layout import choice_labels

_FORMATS = {"date": "yyyy-mm-dd", "amount": "#,##0.00", "year": "0"}


def write_import_template(target: IO[bytes], kind: str) -> None:
    columns = [_column(column) for column in COLUMNS[kind]]
    write_template(target, str(ImportKind(kind).label), columns, _guide(kind))


def _column(column: ImportColumn) -> FillColumn:
    options = choice_labels(column.choices) if column.choices else []
    many = column.reading == "codes"
    heading = _(column.label)
    need = _("required") if column.required else _("optional")
    return FillColumn(
        heading=heading,
        note=f"{_(column.note)}\n{_('Example')}: {column.example}"
        if column.example
        else _(column.note),
        width=column.width,
        required=column.required,
        options=options,
        many=many or column.choices in ("countries", "categories"),
        number_format=_FORMATS.get(column.reading, "@"),
        facts=(heading, column.code, need, _(column.note), column.example),
    )


def _guide(kind: str) -> Guide:
    return Guide(
        title=_("How to fill it in"),
        heading=_("How to fill it in"),
        sentences=(
            _("Enter one record a row on the first sheet, below the headings."),
            _("Columns may be moved or left out; only columns that are in the file are changed."),
            _("An empty cell empties the field of a record that exists already."),
            _("Nothing changes when you upload the file: you see first what would happen."),
        ),
        headings=(_("Column"), _("Field code"), _("Needed"), _("What to write"), _("Example")),
        wrong=_("Choose a value from the list."),
    )
