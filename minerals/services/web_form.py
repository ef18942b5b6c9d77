"""Filling the official template in force by what was answered in the browser."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext_noop as N_

from core.errors import DomainError
from minerals.excel.filling import CannotFill, fill_template
from minerals.excel.form_values import FilledForm, can_be_filled, cell_values
from minerals.excel.layout import Layout
from minerals.excel.layout_loader import load_layouts
from minerals.models import ReferenceSnapshot
from minerals.rules.reference import ReferenceEntry, ReferenceList
from minerals.rules.template_lookup import TemplateLookup
from minerals.selectors.reference import (
    lookup_rows,
    reference_list,
    snapshot_list,
    snapshots_in_force,
)

FOUND = 12


def fillable(family: str) -> tuple[ReferenceSnapshot, Layout] | None:
    """The installed template of the family and its layout, where it can be filled."""
    snapshot = next((one for one in snapshots_in_force() if one.family == family), None)
    if snapshot is None:
        return None
    form = _layout_of(snapshot)
    return (snapshot, form) if form is not None and can_be_filled(form) else None


def _layout_of(snapshot: ReferenceSnapshot) -> Layout | None:
    known = load_layouts().values()
    return next(
        (one for one in known if (one.family, one.version) == (snapshot.family, snapshot.version)),
        None,
    )


def write_filled(snapshot: ReferenceSnapshot, form: Layout, filled: FilledForm, to: Path) -> None:
    """Errors: template_missing, template_cannot_be_filled."""
    content = snapshot.workbook.content
    if not content.storage.exists(str(content.name)):
        raise DomainError(
            "template_missing",
            N_("The official form is not there any more. Please tell us; we put it back."),
        )
    lookup = TemplateLookup(lookup_rows(snapshot.pk), form.resolution)
    values = cell_values(form, filled, lookup, reference_list())
    try:
        fill_template(Path(content.path), to, values)
    except CannotFill:
        raise DomainError(
            "template_cannot_be_filled",
            N_("The installed form cannot be filled here. Please use the Excel file."),
        ) from None


def smelters_named(
    snapshot: ReferenceSnapshot, metal: str, text: str
) -> tuple[ReferenceEntry, ...]:
    """Smelters of the metal for what was typed: by ID, name, any alias, or likeness."""
    known: ReferenceList = reference_list() or snapshot_list(snapshot.pk)
    return known.search(metal, text.strip()[:200], FOUND)
