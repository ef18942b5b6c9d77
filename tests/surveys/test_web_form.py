"""The report in the browser: kept as it is typed, judged as a filled official template."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from openpyxl import load_workbook

from accounts.models import User
from minerals.excel.filling import CannotFill, fill_template
from minerals.excel.form_values import FilledForm, cell_values, scopes_of
from minerals.excel.isolated import read_isolated
from minerals.excel.layout_loader import layout
from minerals.excel.sample import build_workbook, complete_answers
from minerals.rules.template_lookup import TemplateLookup
from suppliers.models import Supplier
from surveys.models import Campaign, WebForm
from tests.factories.minerals import Desk, form
from tests.factories.surveys import in_scope, part_of, running
from tests.support.rmi import require_rmi
from tests.surveys.answering import draft_of, judged, link_of_mail, stage_of

pytestmark = pytest.mark.django_db
LAYOUT = layout("cmrt_6.5")


@pytest.fixture
def tin(db: None) -> Supplier:
    supplier = in_scope()
    Supplier.objects.filter(pk=supplier.pk).update(name="Bright Tin Co.", name_key="bright tin co")
    return supplier


@pytest.fixture
def survey(tin: Supplier, csr_specialist: User, tmp_path: Path) -> Campaign:
    Desk(tmp_path, csr_specialist).install()
    return running(csr_specialist)


def everything() -> dict[str, str]:
    """A complete report as the browser posts it."""
    content = complete_answers("cmrt_6.5")
    company = {**content["company"], "company_name": "Bright Tin Co."}
    posted = {f"company-{name}": str(value) for name, value in company.items()}
    for (number, mineral), value in content["answers"].items():
        posted[f"answer-{number}|{mineral}" if mineral else f"answer-{number}"] = value
    for (number, _mineral), value in content["comments"].items():
        posted[f"comment-{number}"] = value
    for place, row in enumerate(content["smelters"]):
        posted[f"smelters-r{place}-cid"] = row["cid_input"]
    return posted


def test_from_typing_to_a_valid_answer(survey: Campaign, tin: Supplier) -> None:
    path = link_of_mail()
    guest = Client()
    page = guest.get(f"{path}form/CMRT/")
    assert page.status_code == 200
    assert "smelters-n0-cid" in page.content.decode()

    for name, value in everything().items():
        answer = guest.post(
            f"{path}form/CMRT/", {name: value}, headers={"X-Requested-With": "fetch"}
        )
        assert answer.status_code == 200, answer.content
    assert stage_of(tin) == "started"
    assert "Bright Tin Co." in guest.get(f"{path}form/CMRT/").content.decode()

    answer = guest.post(f"{path}form/CMRT/check/")
    draft = judged(draft_of(tin))
    assert answer["Location"] == f"{path}files/{draft.pk}/"
    assert draft.blocking_count == 0, [f.code for f in draft.findings.all()]
    assert draft.company_name == "Bright Tin Co."
    assert draft.smelter_count == 4
    guest.post(f"{path}files/{draft.pk}/submit/")
    assert stage_of(tin) == "valid"


def test_what_is_missing_is_found_by_the_same_rules(survey: Campaign, tin: Supplier) -> None:
    path = link_of_mail()
    posted = everything()
    del posted["answer-Q1|Tin"]
    Client().post(f"{path}form/CMRT/", {**posted, "check": "1"})
    draft = judged(draft_of(tin))
    codes = {finding.cell for finding in draft.findings.all()}
    assert draft.blocking_count
    assert "Declaration!D27" in codes


def test_two_people_do_not_undo_each_other(survey: Campaign, tin: Supplier) -> None:
    path = link_of_mail()
    Client().post(f"{path}form/CMRT/", {"company-company_name": "A", "smelters-a-name": "One"})
    Client().post(f"{path}form/CMRT/", {"company-address": "B", "smelters-b-name": "Two"})
    kept = WebForm.objects.get(participant=part_of(tin))
    assert kept.company == {"company_name": "A", "address": "B"}
    assert [row["name"] for row in kept.smelters] == ["One", "Two"]
    Client().post(f"{path}form/CMRT/remove/", {"row": "smelters-a"})
    kept.refresh_from_db()
    assert [row["name"] for row in kept.smelters] == ["Two"]


def test_what_is_no_field_is_ignored_and_too_much_refused(survey: Campaign, tin: Supplier) -> None:
    path = link_of_mail()
    guest = Client()
    strange = {"company-nonsense": "x", "answer-Q99": "x", "answer-Q1": "x", "smelters-a-b": "x"}
    assert guest.post(f"{path}form/CMRT/", strange).status_code == 302
    kept = WebForm.objects.get(participant=part_of(tin))
    assert (kept.company, kept.answers, kept.smelters) == ({}, {}, [])
    headers = {"X-Requested-With": "fetch"}
    long = guest.post(f"{path}form/CMRT/", {"company-address": "x" * 2001}, headers=headers)
    assert (long.status_code, long.json()["code"]) == (400, "words_too_long")
    assert guest.get(f"{path}form/EMRT/").status_code == 404


def test_names_and_other_spellings_are_looked_up(survey: Campaign, tin: Supplier) -> None:
    path = link_of_mail()
    found = Client().get(f"{path}form/CMRT/lookup/", {"metal": "Tin", "q": "Brigth Tin Smelting"})
    assert found.json()["found"][0]["cid"] == "CID900001"
    assert Client().get(f"{path}form/CMRT/lookup/", {"metal": "", "q": "x"}).json() == {"found": []}


def test_last_years_answers_to_begin_with(
    survey: Campaign, tin: Supplier, csr_specialist: User, tmp_path: Path
) -> None:
    old = Desk(tmp_path, csr_specialist).hand_in(tin, form())
    type(old).objects.filter(pk=old.pk).update(received_at="2025-01-01T00:00:00Z")
    path = link_of_mail()
    guest = Client()
    assert "Begin with last year" in guest.get(f"{path}form/CMRT/").content.decode()
    guest.post(f"{path}form/CMRT/former/")
    kept = WebForm.objects.get(participant=part_of(tin))
    assert kept.company["company_name"] == "Bright Tin Co."
    assert "effective_date" not in kept.company
    assert len(kept.smelters) == 4
    assert guest.get(f"{path}before/{old.pk}/").status_code == 200

    guest.post(f"{path}form/CMRT/", {"company-effective_date": "2026-10-31", "check": "1"})
    draft = judged(draft_of(tin))
    assert draft.blocking_count == 0
    page = guest.get(f"{path}files/{draft.pk}/compare/")
    assert page.status_code == 200


def test_the_filled_form_can_be_had(survey: Campaign, tin: Supplier, tmp_path: Path) -> None:
    path = link_of_mail()
    Client().post(f"{path}form/CMRT/", everything())
    answer = Client().get(f"{path}form/CMRT/download/")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    book = load_workbook(BytesIO(content))
    assert book["Declaration"]["D8"].value == "Bright Tin Co."
    target = tmp_path / "filled.xlsx"
    target.write_bytes(content)
    assert read_isolated(target).company["company_name"].text == "Bright Tin Co."


def test_a_closed_survey_keeps_nothing_more(
    survey: Campaign, tin: Supplier, csr_specialist: User
) -> None:
    from surveys.services.running import close_campaign

    path = link_of_mail()
    close_campaign(csr_specialist, survey.pk)
    headers = {"X-Requested-With": "fetch"}
    answer = Client().post(f"{path}form/CMRT/", {"company-address": "x"}, headers=headers)
    assert answer.json()["code"] == "survey_not_running"
    assert not WebForm.objects.exists()


@pytest.mark.parametrize("version", ["6.5", "6.4", "6.31", "6.22"])
def test_real_templates_are_filled_and_read_back(version: str, tmp_path: Path) -> None:
    """Copies of the official forms hold leftovers, which must not become somebody's answers."""
    source = require_rmi() / "templates" / f"RMI_CMRT_{version}.xlsx"
    shape = layout(f"cmrt_{version}")
    known = read_isolated(source).lookup
    cid = next(entry.cid for entry in known if entry.cid and entry.metal == "Tin")
    filled = FilledForm(
        {"company_name": "Bright <Tin> & Co", "scope": scopes_of(shape)[0],
         "effective_date": "2026-01-31"},
        {("Q1", "Tin"): "Yes", ("B", None): "Yes"},
        {("B", None): "https://bright.example"},
        [{"cid": cid}, {}, {"metal": "Tin", "name": "Own smelter (invented)", "country": "CHINA"}],
    )  # fmt: skip
    target = tmp_path / "filled.xlsx"
    fill_template(
        source, target, cell_values(shape, filled, TemplateLookup(known, shape.resolution))
    )
    found = read_isolated(target)
    assert found.company["company_name"].text == "Bright <Tin> & Co"
    assert found.effective_on == "2026-01-31"
    told = [(one.question, one.mineral, one.value) for one in found.answers if one.value]
    assert told == [("Q1", "Tin", "Yes")]
    assert [(one.row, one.cid) for one in found.resolved] == [(5, cid), (6, "")]
    assert found.smelters[1].name == "Own smelter (invented)"


def test_a_damaged_template_is_told(tmp_path: Path) -> None:
    source = tmp_path / "broken.xlsx"
    source.write_bytes(build_workbook("cmrt_6.5")[:2000])
    with pytest.raises(CannotFill):
        fill_template(source, tmp_path / "target.xlsx", {"Declaration!D8": "x"})
    assert not (tmp_path / "target.xlsx").exists()


def test_a_missing_sheet_is_told(tmp_path: Path) -> None:
    source = tmp_path / "source.xlsx"
    source.write_bytes(build_workbook("cmrt_6.5"))
    with pytest.raises(CannotFill):
        fill_template(source, tmp_path / "target.xlsx", {"Nowhere!D8": "x"})
