"""Words that stand in the way of Chinese readers when they are wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polib
import pytest
from django.test import Client
from django.utils.translation import override

from accounts.models import User
from suppliers.enums import GateKind, GradedAnswer
from suppliers.models import Supplier
from suppliers.rules.gates import Gate
from suppliers.selectors.gate_words import gate_text

SignIn = Callable[[User], Client]
CATALOGUE = Path(__file__).parents[2] / "locale/zh_Hans/LC_MESSAGES/django.po"


@pytest.fixture
def chinese(sign_in: SignIn, csr_specialist: User) -> Client:
    csr_specialist.language = "zh-hans"
    csr_specialist.save()
    return sign_in(csr_specialist)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_name_of_a_condition_leaves_its_result_open(language: str) -> None:
    said = ("passed", "accepted", "signed", "in date", "通过", "接受", "已签署", "有效期内")
    with override(language):
        for kind in GateKind:
            assert not any(word in str(kind.label) for word in said), kind


@pytest.mark.parametrize(("word", "instead"), [("场地", "场所"), ("供应商编号", "供应商代码")])
def test_one_thing_has_one_word(word: str, instead: str) -> None:
    used = [entry.msgid for entry in polib.pofile(str(CATALOGUE)) if word in entry.msgstr]
    assert used == [], f"say {instead}"


def test_lists_in_sentences_have_the_chinese_comma() -> None:
    gate = Gate(GateKind.DOCUMENTS, "unmet", "documents_missing", missing=("协议", "承诺书"))
    with override("zh-hans"):
        assert gate_text(gate) == "未签署：协议、承诺书。"
    with override("en"):
        assert gate_text(gate) == "Not signed: 协议, 承诺书."


def test_partly_is_called_what_the_hints_call_it() -> None:
    with override("zh-hans"):
        assert str(GradedAnswer.PARTLY.label) == "部分符合"


@pytest.mark.django_db
def test_the_tab_of_decided_requests_is_no_time(chinese: Client) -> None:
    page = chinese.get("/suppliers/approvals/").content.decode()
    assert "已审批" in page
    assert "决定时间</a>" not in page


@pytest.mark.django_db
def test_the_answer_to_may_we_buy_is_one_chinese_line(chinese: Client, supplier: Supplier) -> None:
    page = chinese.get(supplier.get_absolute_url()).content.decode()
    assert '<div class="sourcing-line"><strong>可以采购吗？不允许。</strong><span>' in page


@pytest.mark.django_db
def test_a_scope_is_chosen_of_countries_in_chinese(
    sign_in: SignIn, admin: User, buyer: User
) -> None:
    admin.language = "zh-hans"
    admin.save()
    page = sign_in(admin).get(f"/suppliers/scopes/{buyer.pk}/").content.decode()
    assert "阿尔巴尼亚" in page
    assert "Albania" not in page
    assert page.index("阿尔巴尼亚") < page.index("德国") < page.index("中国香港")
