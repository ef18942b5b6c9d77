"""The form as a workbook: round trip, every problem at once, hostile files."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.utils import translation
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from accounts.models import User
from core.errors import DomainError
from core.uploads import UploadLimits
from suppliers.enums import AssessmentState
from suppliers.excel import assessment_form
from suppliers.excel.assessment_form import UnreadableForm, read_rows
from suppliers.models import Assessment, Supplier
from suppliers.services import assessment_workbook
from suppliers.services.assessment_answers import AnswerInput, save_answer
from suppliers.services.assessment_workbook import UploadResult, read_workbook, write_workbook
from tests.factories.assessments import fill, make_assessment
from tests.workbooks import hostile

pytestmark = pytest.mark.django_db
ANSWER, COMMENT = 4, 5
Change = Callable[[Worksheet], None]


@pytest.fixture
def asked(supplier: Supplier) -> Assessment:
    return make_assessment(supplier)


class Form:
    """The downloaded form of ``asked``, changed and uploaded again."""

    def __init__(self, folder: Path, actor: User, assessment: Assessment) -> None:
        self.path, self.actor, self.assessment = folder / "form.xlsx", actor, assessment
        self.download()

    def download(self) -> None:
        data = io.BytesIO()
        write_workbook(self.actor, self.assessment.pk, data)
        self.path.write_bytes(data.getvalue())

    def change(self, change: Change) -> None:
        book = load_workbook(self.path)
        change(book.worksheets[0])
        book.save(self.path)

    def answer(self, code: str, value: object, column: int = ANSWER) -> None:
        def put(sheet: Worksheet) -> None:
            sheet.cell(row_of(sheet, code), column).value = value  # type: ignore[assignment]

        self.change(put)

    def upload(self, actor: User | None = None) -> UploadResult:
        return read_workbook(actor or self.actor, self.assessment.pk, self.path, "form.xlsx")

    def problems(self) -> list[tuple[str, str, str]]:
        found = self.upload().problems
        return [(one.question, one.column, one.code) for one in found]

    def refused(self) -> str:
        with pytest.raises(DomainError) as caught:
            self.upload()
        return caught.value.code


def row_of(sheet: Worksheet, code: str) -> int:
    return next(row for row in range(5, sheet.max_row + 1) if sheet.cell(row, 1).value == code)


def forget_versions(sheet: Worksheet) -> None:
    for row in range(5, sheet.max_row + 1):
        sheet.cell(row, 6).value = None


@pytest.fixture
def form(tmp_path: Path, supplier_user: User, asked: Assessment) -> Form:
    return Form(tmp_path, supplier_user, asked)


def grades(assessment: Assessment) -> dict[str, str]:
    pairs = assessment.answers.values_list("question__code", "grade", "text")
    return {code: grade or text for code, grade, text in pairs}


def test_round_trip_keeps_every_answer(form: Form, asked: Assessment, supplier_user: User) -> None:
    fill(asked, supplier_user, "partly", LAB_1="yes", CYB_1="na", SAF_1="no")
    before = grades(asked)
    form.download()
    assert form.upload() == UploadResult(saved=0)
    assert grades(asked) == before
    asked.answers.all().delete()
    form.change(forget_versions)
    assert form.upload().saved == 40
    assert grades(asked) == before


@pytest.mark.parametrize(
    ("word", "grade"),
    [
        ("Yes", "yes"),
        (" YES ", "yes"),
        ("部分符合", "partly"),
        ("partially", "partly"),
        ("否", "no"),
        ("不适用", "na"),
        ("Not  applicable", "na"),
        (True, "yes"),
    ],
)
def test_words_of_both_languages(form: Form, asked: Assessment, word: object, grade: str) -> None:
    form.answer("LAB-1", word)
    assert form.upload().saved == 1
    assert grades(asked) == {"LAB-1": grade}


def test_the_form_speaks_the_readers_language(form: Form) -> None:
    with translation.override("zh-hans"):
        form.download()
    sheet = load_workbook(form.path).worksheets[0]
    assert "自愿" in str(sheet.cell(row_of(sheet, "LAB-1"), 3).value)
    assert sheet.column_dimensions["A"].hidden
    assert len(sheet.data_validations.dataValidation) == 1


def test_numbers_and_texts(form: Form, asked: Assessment) -> None:
    form.answer("LAB-6", 1204)
    form.answer("NXT-6", "王亮，CSR经理")
    form.answer("LAB-1", "Yes")
    form.answer("LAB-1", "See the policy", COMMENT)
    assert form.upload().saved == 3
    assert grades(asked) == {"LAB-6": "1204", "NXT-6": "王亮，CSR经理", "LAB-1": "yes"}
    assert asked.answers.get(question__code="LAB-1").comment == "See the policy"


def test_every_problem_at_once_and_nothing_saved(form: Form, asked: Assessment) -> None:
    form.answer("LAB-1", "Yes")
    form.answer("LAB-2", "perhaps")
    form.answer("LAB-3", '=IF(1,"Yes","No")')
    form.answer("LAB-4", "Yes")
    form.answer("LAB-4", "x" * 10_000, COMMENT)
    form.answer("LAB-6", "many")
    form.answer("NXT-6", "x" * 10_000)
    assert form.problems() == [
        ("LAB-2", "D", "answer_grade_unknown"),
        ("LAB-3", "D", "cell_is_formula"),
        ("LAB-4", "E", "comment_too_long"),
        ("LAB-6", "D", "answer_not_a_number"),
        ("NXT-6", "D", "answer_too_long"),
    ]
    assert not asked.answers.exists()
    asked.refresh_from_db()
    assert asked.revision == 1


def test_a_problem_names_its_cell(form: Form) -> None:
    form.answer("LAB-2", "perhaps")
    (found,) = form.upload().problems
    assert (found.row, found.column, found.value) == (6, "D", "perhaps")


def test_empty_cells_leave_what_is_stored(
    form: Form, asked: Assessment, supplier_user: User
) -> None:
    save_answer(supplier_user, asked.pk, AnswerInput("LAB-1", grade="yes", comment="first"))
    form.download()
    form.answer("LAB-1", None)
    form.answer("LAB-1", "second", COMMENT)
    assert form.upload().saved == 1
    answer = asked.answers.get()
    assert (answer.grade, answer.comment) == ("yes", "second")


def test_a_row_twice_and_a_foreign_code(form: Form, asked: Assessment) -> None:
    def spoil(sheet: Worksheet) -> None:
        sheet.cell(6, 1).value = "LAB-1"
        sheet.cell(7, 1).value = "XYZ-1"
        for row in (5, 6, 7):
            sheet.cell(row, ANSWER).value = "Yes"

    form.change(spoil)
    assert [code for _question, _column, code in form.problems()] == [
        "question_twice",
        "question_not_found",
    ]
    assert not asked.answers.exists()


def test_an_answer_changed_after_the_download_is_not_written_over(
    form: Form, asked: Assessment, supplier_user: User
) -> None:
    save_answer(supplier_user, asked.pk, AnswerInput("LAB-1", grade="partly"))
    form.download()
    save_answer(supplier_user, asked.pk, AnswerInput("LAB-1", grade="no"))
    form.answer("LAB-2", "Yes")
    assert form.problems() == [("LAB-1", "D", "answer_changed_meanwhile")]
    assert grades(asked) == {"LAB-1": "no"}


def test_the_file_of_another_form_is_refused(
    form: Form, supplier: Supplier, other_supplier: Supplier, other_supplier_user: User
) -> None:
    foreign = make_assessment(other_supplier)
    form.answer("LAB-1", "Yes")
    with pytest.raises(DomainError) as caught:
        read_workbook(other_supplier_user, foreign.pk, form.path, "form.xlsx")
    assert caught.value.code == "form_of_another"
    with pytest.raises(DomainError) as hidden:
        form.upload(other_supplier_user)
    assert hidden.value.code == "assessment_not_found"
    assert not foreign.answers.exists()


def test_missing_columns_and_other_workbooks(form: Form) -> None:
    form.change(lambda sheet: sheet.delete_cols(5, 2))
    assert form.refused() == "form_columns_missing"
    form.change(lambda sheet: sheet.delete_cols(1))
    assert form.refused() == "form_not_ours"


def test_an_empty_workbook_is_none_of_ours(form: Form) -> None:
    form.change(lambda sheet: sheet.delete_rows(1, sheet.max_row))
    assert form.refused() == "form_not_ours"


@pytest.mark.parametrize(
    "content",
    [b"", b"no workbook", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600],
)
def test_what_is_no_workbook_is_rejected(form: Form, asked: Assessment, content: bytes) -> None:
    form.path.write_bytes(content)
    assert form.refused() == "form_rejected"
    assert not asked.answers.exists()


def test_a_workbook_with_a_broken_sheet_is_unreadable(form: Form) -> None:
    with ZipFile(form.path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"][:300]
    with ZipFile(form.path, "w") as target:
        for name, data in parts.items():
            target.writestr(name, data)
    assert form.refused() == "form_unreadable"


def test_reading_that_takes_too_long_is_ended(form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assessment_form, "SECONDS", 0.001)
    with pytest.raises(UnreadableForm):
        read_rows(form.path)
    assert form.refused() == "form_unreadable"


def test_a_closed_form_takes_no_file(form: Form, asked: Assessment, supplier_user: User) -> None:
    form.answer("LAB-1", "Yes")
    Assessment.objects.filter(pk=asked.pk).update(state=AssessmentState.SUBMITTED)
    assert form.refused() == "assessment_closed"


def test_text_that_looks_like_a_formula_stays_text(
    form: Form, asked: Assessment, supplier_user: User
) -> None:
    save_answer(supplier_user, asked.pk, AnswerInput("NXT-6", text="=HYPERLINK(1)"))
    form.download()
    cell = load_workbook(form.path).worksheets[0].cell
    row = row_of(load_workbook(form.path).worksheets[0], "NXT-6")
    assert (cell(row, ANSWER).data_type, cell(row, ANSWER).value) == ("s", "=HYPERLINK(1)")
    assert form.upload() == UploadResult(saved=0)


def test_no_more_than_the_limit(form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    small = UploadLimits(max_file_bytes=100)
    monkeypatch.setattr(assessment_workbook, "LIMITS", small)
    assert form.refused() == "form_rejected"


HOSTILE: list[Callable[[Path], Path]] = [
    hostile.good_workbook,
    hostile.truncated,
    hostile.damaged_directory,
    hostile.broken_part,
    hostile.encrypted_xlsx,
    hostile.protected_xls,
    hostile.looping_compound,
    hostile.macro_workbook,
    hostile.lying_bomb,
    hostile.overlapping_bomb,
    hostile.laughing_workbook,
    hostile.far_corner,
    hostile.million_rows,
    hostile.huge_inline_cell,
    hostile.huge_shared_text,
    hostile.control_characters,
    hostile.word_document,
    hostile.open_document,
]


@pytest.mark.parametrize("build", HOSTILE, ids=lambda build: build.__name__)
def test_hostile_files_are_refused_calmly(
    form: Form, asked: Assessment, build: Callable[[Path], Path]
) -> None:
    build(form.path)
    assert form.refused().startswith("form_")
    assert not asked.answers.exists()
