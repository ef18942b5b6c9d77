"""Tables of inherent risk, and editions of the questionnaire."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from core.errors import DomainError
from core.models import ActivityEntry
from suppliers.models import (
    Category,
    CountryRisk,
    Question,
    Supplier,
)
from suppliers.selectors.risk import risk_of_supplier
from suppliers.services.questionnaires import (
    EditionInput,
    QuestionInput,
    copy_edition,
    publish_edition,
    save_question,
)
from suppliers.services.risk_tables import set_category_risk, set_country_risk, set_kind_risk
from tests.factories.assessments import questionnaire

pytestmark = pytest.mark.django_db


def refused(call: Any) -> str:
    with pytest.raises(DomainError) as caught:
        call()
    return caught.value.code


def test_risk_of_a_supplier_from_the_tables(admin: User, supplier: Supplier) -> None:
    assert risk_of_supplier(supplier).missing == ("sector",)
    top = Category.objects.create(code="EL", name="Electronics", path="EL/")
    below = Category.objects.create(code="EL-PCB", name="Boards", path="EL/EL-PCB/", parent=top)
    supplier.categories.add(below)
    set_category_risk(admin, top.pk, 2)
    found = risk_of_supplier(supplier)
    # China 4, electronics 2, production 1.
    assert (found.country, found.sector, found.kind, found.points, found.level) == (
        4, 2, 1, 7, "high"
    )  # fmt: skip
    set_country_risk(admin, "cn", None)
    assert risk_of_supplier(supplier).level == "unknown"
    set_country_risk(admin, "CN", 1, "Own study")
    set_kind_risk(admin, "production", 0)
    assert risk_of_supplier(supplier).points == 3
    verbs = ActivityEntry.objects.filter(verb="risk.changed", actor=admin)
    assert verbs.count() == 4


@pytest.mark.parametrize("points", [0, 7])
def test_points_have_limits(admin: User, csr_specialist: User, points: int) -> None:
    assert refused(lambda: set_country_risk(admin, "CN", points)) == "risk_points_out_of_range"
    assert refused(lambda: set_country_risk(admin, "QQ", 3)) == "country_unknown"
    assert refused(lambda: set_country_risk(csr_specialist, "CN", 3)) == (
        "may_not_manage_risk_tables"
    )
    assert CountryRisk.objects.get(country="CN").points == 4


def test_a_new_edition_is_copied_changed_published(admin: User) -> None:
    source = questionnaire()
    draft = copy_edition(admin, source.pk, EditionInput("CSR-2027", "Form 2027", "2027年问卷"))
    assert draft.code == "csr-2027"
    assert questionnaire() == source
    codes = [list(one.questions.values_list("code", flat=True)) for one in (source, draft)]
    assert codes[0] == codes[1]
    new = QuestionInput("labour", "LAB-7", "Holidays are paid.", "带薪休假。", weight=2)
    save_question(admin, draft.pk, None, new)
    publish_edition(admin, draft.pk)
    assert questionnaire() == draft
    question = draft.questions.get(code="LAB-7")
    assert refused(lambda: save_question(admin, draft.pk, question.pk, new)) == (
        "questionnaire_published"
    )
    assert source.questions.count() == 40


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"code": "LAB 7"}, "question_code_wrong"),
        ({"code": "LAB-1"}, "question_code_taken"),
        ({"area": "space"}, "question_area_unknown"),
        ({"kind": "essay"}, "question_kind_unknown"),
        ({"weight": 11}, "question_weight_wrong"),
        ({"text_zh": " "}, "question_text_missing"),
        ({"text_en": "x" * 10_000}, "question_text_too_long"),
        ({"is_key": True, "weight": 0}, "question_key_not_graded"),
    ],
)
def test_questions_that_are_refused(admin: User, changes: dict[str, Any], code: str) -> None:
    draft = copy_edition(admin, questionnaire().pk, EditionInput("csr-2027", "Form", "问卷"))
    facts = {"area": "labour", "code": "LAB-7", "text_en": "x", "text_zh": "中"}
    data = QuestionInput(**{**facts, **changes})
    assert refused(lambda: save_question(admin, draft.pk, None, data)) == code
    assert draft.questions.count() == 40


def test_an_edition_needs_a_question_that_counts(admin: User) -> None:
    draft = copy_edition(admin, questionnaire().pk, EditionInput("csr-2027", "Form", "问卷"))
    Question.objects.filter(questionnaire=draft).update(weight=0)
    assert refused(lambda: publish_edition(admin, draft.pk)) == "questionnaire_empty"
