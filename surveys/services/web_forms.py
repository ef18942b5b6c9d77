"""A report filled in the browser: saved as it is typed, judged as a filled official template."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import DomainError, NotFound
from core.services.activity import record_activity
from core.words import words_of
from minerals.excel.form_values import PRODUCT_FIELDS, SMELTER_FIELDS, FilledForm
from minerals.excel.layout import Layout
from minerals.models import Declaration, ReferenceSnapshot
from minerals.rules.declaration import Declaration as ReadDeclaration
from minerals.selectors.documents import document_of
from minerals.services.receive import IncomingFile
from minerals.services.web_form import fillable, write_filled
from surveys.models import Participant, WebForm
from surveys.services.answers import former_of, upload
from surveys.services.responses import Respondent
from surveys.services.running import require_running

MAX_ROWS = 2_500
MAX_TEXT = 2_000
BETWEEN = "|"
_ROW = re.compile(r"(smelters|products)-([A-Za-z0-9]{1,24})-([a-z_]{1,20})")
_FIELDS = {"smelters": SMELTER_FIELDS, "products": PRODUCT_FIELDS}


def template_of(by: Respondent, family: str) -> tuple[ReferenceSnapshot, Layout]:
    """Errors: form_not_asked, no_web_form."""
    if not by.participant.forms.filter(family=family).exists():
        raise NotFound("form_not_asked", N_("This form is not asked of you in this survey."))
    found = fillable(family)
    if found is None:
        raise NotFound("no_web_form", N_("This form can only be filled in Excel."))
    return found


def web_form_of(by: Respondent, family: str) -> WebForm:
    """As it was left; a new one, not stored yet, at first. Errors: as ``template_of``."""
    template_of(by, family)
    found = by.participant.web_forms.filter(family=family).first()
    return found or WebForm(participant=by.participant, family=family)


@transaction.atomic
def save_fields(by: Respondent, family: str, given: Mapping[str, str]) -> WebForm:
    """Keep what was typed: ``company-<field>``, ``answer-<question|mineral>``,
    ``comment-<question|mineral>``, ``smelters-<row>-<field>``, ``products-<row>-<field>``. Other
    names are ignored; fields that are not given stay, so that two people do not undo each other.

    Errors: survey_not_running, form_not_asked, no_web_form, too_many_rows, words_too_long.
    """
    form, layout = _held(by, family)
    for name, text in given.items():
        _keep(form, layout, name, words_of(text.replace("\0", ""), MAX_TEXT, name))
    if max(len(form.smelters), len(form.products)) > MAX_ROWS:
        raise DomainError(
            "too_many_rows",
            N_("The form has room for %(limit)s rows."),
            {"limit": MAX_ROWS},
        )
    return _stored(by, form)


def _keep(form: WebForm, layout: Layout, name: str, text: str) -> None:
    kind, _dash, rest = name.partition("-")
    if kind == "company" and rest in layout.company:
        _put(form.company, rest, text)
    elif kind == "answer" and _is_question(layout, rest):
        _put(form.answers, rest, text)
    elif kind == "comment" and _is_question(layout, rest):
        _put(form.comments, rest, text)
    else:
        found = _ROW.fullmatch(name)
        if found is not None and found[3] in _FIELDS[found[1]]:
            _put(_row(getattr(form, found[1]), found[2]), found[3], text)


def _put(values: dict[str, Any], name: str, text: str) -> None:
    if text.strip():
        values[name] = text
    else:
        values.pop(name, None)


def _is_question(layout: Layout, key: str) -> bool:
    number, _bar, mineral = key.partition(BETWEEN)
    question = layout.question(number)
    return question is not None and (
        mineral in layout.minerals.names if question.per_mineral else not mineral
    )


def _row(rows: list[dict[str, Any]], key: str) -> dict[str, Any]:
    found = next((row for row in rows if row.get("id") == key), None)
    if found is None:
        found = {"id": key}
        rows.append(found)
    return found


@transaction.atomic
def remove_row(by: Respondent, family: str, kind: str, key: str) -> WebForm:
    """Errors: as ``save_fields``."""
    form, _layout = _held(by, family)
    if kind in _FIELDS:
        setattr(form, kind, [row for row in getattr(form, kind) if row.get("id") != key])
    return _stored(by, form)


@transaction.atomic
def begin_with_former(by: Respondent, family: str) -> WebForm:
    """Last year's answers, to be brought up to date; its date is left out on purpose.

    Errors: as ``save_fields``, nothing_to_begin_with.
    """
    form, layout = _held(by, family)
    former = former_of(by, family)
    document = document_of(former) if former is not None else None
    if document is None:
        raise NotFound("nothing_to_begin_with", N_("There is no earlier report of yours here."))
    _copy(form, layout, document)
    return _stored(by, form)


def _copy(form: WebForm, layout: Layout, document: ReadDeclaration) -> None:
    form.company = {
        name: entry.text
        for name, entry in document.company.items()
        if name in layout.company and name != "effective_date" and entry.text
    }
    every = (*document.answers, *document.company_answers)
    named = {f"{one.question}{BETWEEN}{one.mineral or ''}".rstrip(BETWEEN): one for one in every}
    known = {key: one for key, one in named.items() if _is_question(layout, key)}
    form.answers = {key: one.value for key, one in known.items() if one.value}
    form.comments = {key: one.comment.text for key, one in known.items() if one.comment.text}
    form.smelters = []
    for resolved, typed in zip(document.resolved, document.smelters, strict=True):
        row = {
            "id": f"r{typed.row}",
            "cid": resolved.cid or typed.cid_input,
            "metal": resolved.metal,
            "name": resolved.standard_name or typed.name or resolved.lookup,
            "country": resolved.country,
            "city": resolved.city,
            "state": resolved.state,
            "mine_names": typed.mine_names,
            "mine_countries": typed.mine_countries,
            "recycled": typed.recycled,
            "comments": typed.comments,
        }
        form.smelters.append({key: text for key, text in row.items() if text})
    form.products = [
        {"id": f"p{one.row}", "number": one.number, "name": one.name, "comments": one.comments}
        for one in document.products
    ]


def _held(by: Respondent, family: str) -> tuple[WebForm, Layout]:
    participant = Participant.objects.select_for_update(of=("self",)).select_related("campaign")
    require_running(participant.get(pk=by.participant.pk).campaign)
    _snapshot, layout = template_of(by, family)
    form, _made = WebForm.objects.get_or_create(participant=by.participant, family=family)
    return form, layout


def _stored(by: Respondent, form: WebForm) -> WebForm:
    form.changed_by = by.name[:255]
    form.save()
    participant = form.participant
    if participant.started_at is None:
        participant.started_at = clock.now()
        participant.save(update_fields=["started_at"])
    return form


def filled_of(form: WebForm) -> FilledForm:
    def keyed(values: Mapping[str, str]) -> dict[tuple[str, str | None], str]:
        pairs = ((key.partition(BETWEEN), text) for key, text in values.items())
        return {(number, mineral or None): text for (number, _bar, mineral), text in pairs}

    smelters: Sequence[Mapping[str, str]] = form.smelters
    return FilledForm(
        form.company, keyed(form.answers), keyed(form.comments), smelters, form.products
    )


def filled_template(by: Respondent, family: str) -> tuple[IO[bytes], str]:
    """The official template with what was answered, and its name. Errors: as ``template_of``, and
    those of ``write_filled``."""
    form = web_form_of(by, family)
    with TemporaryDirectory() as folder:
        path = _written(by, form, Path(folder))
        # The open file stays readable after its folder is gone.
        return path.open("rb"), path.name


def _written(by: Respondent, form: WebForm, folder: Path) -> Path:
    snapshot, layout = template_of(by, form.family)
    name = f"{form.family}_{snapshot.version}_{by.participant.supplier.code}.xlsx"
    path = folder / re.sub(r"[^\w.-]", "_", name)
    write_filled(snapshot, layout, filled_of(form), path)
    return path


def check_web_form(by: Respondent, family: str) -> Declaration:
    """Hand the filled template in as a draft: judged by the same rules as any upload.

    Errors: those of ``filled_template`` and ``answers.upload``.
    """
    form = web_form_of(by, family)
    with TemporaryDirectory() as folder:
        path = _written(by, form, Path(folder))
        draft = upload(by, IncomingFile(path, path.name))
    record_activity(
        by.user,
        "survey.web_form",
        by.participant.supplier,
        survey=by.participant.campaign_id,
        said_by=by.name,
        form=family,
    )
    return draft
