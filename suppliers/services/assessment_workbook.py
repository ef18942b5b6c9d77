"""The investigation form as a workbook: handed out in the reader's language, taken back whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_
from django.utils.translation import pgettext

from core.errors import DomainError, InvalidInput
from core.services.activity import record_activity
from core.uploads import UploadLimits, UploadRejected, inspect_upload
from core.uploads.contract import MEGABYTE
from suppliers.enums import AnswerKind, CsrArea, GradedAnswer
from suppliers.excel.assessment_form import (
    ANSWER,
    CODE,
    COMMENT,
    VERSION,
    FormRow,
    FormSheet,
    ReadAnswer,
    ReadForm,
    UnreadableForm,
    grade_of,
    is_formula,
    read_rows,
    take_apart,
    write_form,
)
from suppliers.models import Assessment, AssessmentAnswer, Question
from suppliers.selectors.assessments import answers_of, assessment_for, questions_of
from suppliers.services.assessment_answers import (
    TWICE,
    AnswerInput,
    check_answers,
    open_assessment,
    store_answers,
    version_of,
)

if TYPE_CHECKING:
    from accounts.models import User

LIMITS = UploadLimits(max_file_bytes=5 * MEGABYTE, max_expanded=40 * MEGABYTE, max_parts=200)
SHOWN = 60
LETTERS = {ANSWER: "D", COMMENT: "E"}
REJECTED = {
    "empty_file": N_("The file is empty. Save the form again and choose it once more."),
    "file_too_large": N_("The file is too large. Remove pictures and extra sheets."),
    "encrypted_workbook": N_("The workbook has a password. Save it without one."),
    "not_a_spreadsheet": N_("This is no Excel workbook. Choose the form you downloaded here."),
    "unsupported_spreadsheet": N_("Save the form as an Excel workbook (.xlsx) first."),
}
DAMAGED = N_("The workbook cannot be read. Download the form again and copy your answers into it.")


@dataclass(frozen=True, slots=True)
class SheetProblem:
    """One cell to mend: ``code`` as on the page, ``message`` says what and how."""

    row: int
    column: str
    question: str
    value: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class UploadResult:
    """Either ``saved`` answers, or ``problems`` and nothing saved."""

    saved: int = 0
    problems: list[SheetProblem] = field(default_factory=list)


def write_workbook(actor: User, assessment_id: int, target: IO[bytes]) -> Assessment:
    """The form with the answers so far, in the active language. Errors: assessment_not_found."""
    assessment = assessment_for(actor, assessment_id)
    answers = answers_of(assessment)
    rows = [
        _form_row(question, answers.get(question.pk))
        for question in questions_of(assessment.questionnaire_id)
    ]
    write_form(target, _sheet(assessment, rows))
    return assessment


def form_name(assessment: Assessment) -> str:
    """What the workbook is called when it is handed out, without its ending."""
    return f"{assessment.questionnaire.code}-{assessment.supplier.code}"


def read_workbook(actor: User, assessment_id: int, path: Path, name: str) -> UploadResult:
    """Store every answer of a filled form, or tell every problem and store nothing.

    Empty answers leave what is stored. The file is read before the transaction: a large one keeps
    nobody waiting for a lock. Errors about the file as a whole: assessment_not_found,
    may_not_answer_assessments, assessment_closed, form_rejected, form_unreadable, form_not_ours,
    form_of_another, form_columns_missing.
    """
    open_assessment(actor, assessment_id, locked=False)
    _inspect(path, name)
    try:
        form = take_apart(read_rows(path), _needed_columns())
    except UnreadableForm as error:
        raise InvalidInput("form_unreadable", DAMAGED, field="file") from error
    return _take_answers(actor, assessment_id, form)


@transaction.atomic
def _take_answers(actor: User, assessment_id: int, form: ReadForm) -> UploadResult:
    """It may have been handed in, or taken back, while the file was read."""
    assessment = open_assessment(actor, assessment_id)
    _require_this_form(assessment, form)
    questions = {one.code: one for one in questions_of(assessment.questionnaire_id)}
    problems: list[SheetProblem] = []
    wanted: dict[str, tuple[ReadAnswer, AnswerInput]] = {}
    stored = {one.question.code: one for one in answers_of(assessment).values()}
    for line in form.answers:
        found = _input(line, questions.get(line.code), stored.get(line.code), line.code in wanted)
        if isinstance(found, SheetProblem):
            problems.append(found)
        elif found is not None:
            wanted[line.code] = (line, found)
    inputs = [data for _line, data in wanted.values()]
    changes, refused = check_answers(actor, assessment, inputs, own_too=True)
    for problem in refused:
        line = wanted[problem.code][0]
        problems.append(_problem(line, problem.error))
    if problems:
        return UploadResult(problems=sorted(problems, key=lambda one: (one.row, one.column)))
    store_answers(actor, assessment, changes)
    count = sum(change.differs for change in changes)
    record_activity(
        actor, "assessment.uploaded", assessment.supplier, assessment=assessment.pk, count=count
    )
    return UploadResult(saved=count)


def _inspect(path: Path, name: str) -> None:
    try:
        facts = inspect_upload(path, name, LIMITS)
    except UploadRejected as rejected:
        message = REJECTED.get(rejected.code, DAMAGED)
        raise InvalidInput("form_rejected", message, field="file") from rejected
    if facts.kind != "xlsx":
        message = REJECTED["unsupported_spreadsheet"]
        raise InvalidInput("form_rejected", message, field="file")


def _require_this_form(assessment: Assessment, form: ReadForm) -> None:
    if form.assessment_id is None:
        raise InvalidInput("form_not_ours", REJECTED["not_a_spreadsheet"], field="file")
    if form.assessment_id != assessment.pk:
        raise InvalidInput(
            "form_of_another",
            N_("This file belongs to another form. Download the form here and use that file."),
            field="file",
        )
    if form.missing_columns:
        raise InvalidInput(
            "form_columns_missing",
            N_("Columns are missing: %(names)s. Use the file as it was downloaded."),
            {"names": ", ".join(form.missing_columns)},
            field="file",
        )


def _input(
    line: ReadAnswer, question: Question | None, stored: AssessmentAnswer | None, is_twice: bool
) -> AnswerInput | SheetProblem | None:
    """None for a row that says nothing. An empty cell leaves what is stored."""
    if is_twice:
        return _problem(line, InvalidInput("question_twice", TWICE))
    for column, text in ((ANSWER, line.answer), (COMMENT, line.comment)):
        if is_formula(text):
            refused = InvalidInput(
                "cell_is_formula", N_("The cell holds a formula. Write the text itself.")
            )
            return _problem(line, refused, column)
    if not (line.answer or line.comment):
        return None
    comment = line.comment or (stored.comment if stored else "")
    if question is None or question.kind != AnswerKind.GRADED:
        text = line.answer or (stored.text if stored else "")
        return AnswerInput(line.code, text=text, comment=comment, seen=line.version)
    grade = grade_of(line.answer, _word_grades())
    if not line.answer and stored:
        grade = stored.grade
    # An unknown word goes on as it is, so that the same rule refuses it as on the page.
    known = line.answer if grade is None else grade
    return AnswerInput(line.code, grade=known, comment=comment, seen=line.version)


def _problem(line: ReadAnswer, error: DomainError, column: int = 0) -> SheetProblem:
    is_comment = column == COMMENT or error.code == "comment_too_long"
    value = line.comment if is_comment else line.answer
    shown = "=…" if is_formula(value) else value
    return SheetProblem(
        row=line.row,
        column=LETTERS[COMMENT if is_comment else ANSWER],
        question=line.code,
        value=shown if len(shown) <= SHOWN else f"{shown[: SHOWN - 1]}…",
        code=error.code,
        message=error.message,
    )


def _form_row(question: Question, answer: AssessmentAnswer | None) -> FormRow:
    graded = question.kind == AnswerKind.GRADED
    given = ""
    if answer is not None:
        given = _grade_words().get(answer.grade, "") if graded else answer.text
    return FormRow(
        code=question.code,
        area=str(CsrArea(question.area).label),
        question=question.text,
        help=question.help,
        graded=graded,
        answer=given,
        comment=answer.comment if answer else "",
        version=version_of(answer),
    )


def _grade_words() -> dict[str, str]:
    return {grade.value: str(grade.label) for grade in GradedAnswer}


def _word_grades() -> dict[str, str]:
    return {str(grade.label): grade.value for grade in GradedAnswer}


def _needed_columns() -> dict[int, str]:
    return {CODE: "A", ANSWER: "D", COMMENT: "E", VERSION: "F"}


def _sheet(assessment: Assessment, rows: list[FormRow]) -> FormSheet:
    return FormSheet(
        assessment_id=assessment.pk,
        revision=assessment.revision,
        title=_("Self-assessment"),
        heading=f"{assessment.questionnaire.label} · {assessment.supplier.name}",
        guidance=_(
            "Fill in the yellow cells, save the file and upload it where you downloaded it. Choose "
            "answers from the list. Leave a cell empty to answer later; add files on the page."
        ),
        headings=(_("Area"), _("Question"), _("Answer"), pgettext("answer", "Comment")),
        grades=_grade_words(),
        rows=rows,
        author=_("Supplier Responsibility"),
        wrong_answer=_("Choose an answer from the list."),
    )
