"""A file comes in, is judged and recorded: the services that every door uses."""

from __future__ import annotations

import datetime as dt
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from accounts.models import User
from core.errors import DomainError, NotAllowed, NotFound
from core.models import ActivityEntry, Job, JobState
from minerals.enums import DecisionKind, DeclarationStatus, MatchKind, Source, VerdictState
from minerals.excel.sample import build_workbook, complete_answers
from minerals.models import (
    Declaration,
    DeclarationDocument,
    Finding,
    MatchDecision,
    ReferenceEntry,
    ReferenceSnapshot,
    SmelterLine,
    WorkbookFile,
)
from minerals.selectors.candidates import candidates
from minerals.services.assign import assign_supplier
from minerals.services.decisions import decide_match, undo_decision
from minerals.services.judging import judge_received, rejudge
from minerals.services.receive import Delivery, IncomingFile, Received, receive_files
from minerals.services.templates import install_template
from suppliers.models import Supplier
from tests.workbooks.hostile import macro_workbook

pytestmark = pytest.mark.django_db

MISSPELT = "Brigth Tin Smelting Co. (demo)"


def content(**company: Any) -> dict[str, Any]:
    found: dict[str, Any] = dict(complete_answers("cmrt_6.5"))
    found["company"] = {**found["company"], "company_name": "Bright Tin Co.", **company}
    return found


def misspelt(**company: Any) -> bytes:
    found = content(**company)
    found["smelters"] = [
        *found["smelters"],
        {"metal": "Tin", "lookup": MISSPELT, "country": "INDONESIA"},
    ]
    return build_workbook(**found)


class Desk:
    """Hands in files for a person and lets them be judged at once."""

    def __init__(self, folder: Path, actor: User) -> None:
        self.folder, self.actor = folder, actor

    def receive(
        self, supplier: Supplier | None, data: bytes, name: str = "cmrt.xlsx"
    ) -> list[Received]:
        path = self.folder / "upload.bin"
        path.write_bytes(data)
        delivery = Delivery(self.actor, Source.WEB, supplier)
        return receive_files(delivery, [IncomingFile(path, name)])

    def hand_in(
        self, supplier: Supplier | None, data: bytes, name: str = "cmrt.xlsx"
    ) -> Declaration:
        received = self.receive(supplier, data, name)[0]
        assert received.declaration is not None
        if received.job.open:
            judge_received(received.declaration.pk, received.job.pk)
        return Declaration.objects.get(pk=received.declaration.pk)


@pytest.fixture
def desk(tmp_path: Path, csr_specialist: User) -> Desk:
    return Desk(tmp_path, csr_specialist)


@pytest.fixture
def reference(tmp_path: Path) -> ReferenceSnapshot:
    path = tmp_path / "template.xlsx"
    path.write_bytes(build_workbook("cmrt_6.5"))
    return install_template(None, path, path.name).snapshot


def test_complete_file_is_recorded_whole(desk: Desk, supplier: Supplier) -> None:
    declaration = desk.hand_in(supplier, build_workbook(**content()))
    assert declaration.status == DeclarationStatus.STRUCTURALLY_VALID
    assert (declaration.family, declaration.version) == ("CMRT", "6.5")
    assert declaration.company_name == "Bright Tin Co."
    assert str(declaration.effective_on) == "2026-03-31"
    assert declaration.required_remaining == 0
    assert declaration.smelters.count() == declaration.smelter_count == 4
    assert declaration.answers.count() == 8 * 4 + 8
    assert DeclarationDocument.objects.filter(declaration=declaration).exists()
    job = Job.objects.get(subject_id=str(declaration.pk))
    assert (job.state, job.percent) == (JobState.DONE, 100)
    verbs = list(
        ActivityEntry.objects.filter(
            subject_type="minerals.declaration", subject_id=str(declaration.pk)
        ).values_list("verb", flat=True)
    )
    assert sorted(verbs) == ["declaration.judged", "declaration.received"]


def test_original_is_kept_unchanged_under_its_hash(desk: Desk, supplier: Supplier) -> None:
    data = build_workbook(**content())
    declaration = desk.hand_in(supplier, data)
    with declaration.workbook.content.open() as stream:
        assert stream.read() == data


def test_open_checker_rows_become_findings(desk: Desk, supplier: Supplier) -> None:
    declaration = desk.hand_in(supplier, build_workbook(**content(contact_email="")))
    assert declaration.status == DeclarationStatus.NEEDS_CORRECTION
    assert declaration.verdict == VerdictState.CORRECT_FIRST
    finding = declaration.findings.get(checker_row=8)
    assert (finding.code, finding.cell) == ("contact_email_missing", "Declaration!D16")


def test_same_bytes_twice_are_one_declaration(desk: Desk, supplier: Supplier) -> None:
    data = build_workbook(**content())
    first = desk.hand_in(supplier, data)
    again = desk.receive(supplier, data, "renamed.xlsx")[0]
    assert again.known
    assert again.declaration == first
    assert again.job.state == JobState.DONE
    assert Declaration.objects.count() == WorkbookFile.objects.count() == 1


def test_same_bytes_of_two_suppliers_share_the_file_and_say_so(
    desk: Desk, supplier: Supplier, other_supplier: Supplier
) -> None:
    data = build_workbook(**content())
    desk.hand_in(supplier, data)
    second = desk.hand_in(other_supplier, data)
    assert WorkbookFile.objects.count() == 1
    assert Declaration.objects.count() == 2
    assert second.findings.filter(code__contains="same_file").exists()


def test_newer_declaration_supersedes_the_older(desk: Desk, supplier: Supplier) -> None:
    old = desk.hand_in(supplier, build_workbook(**content(effective_date=dt.date(2025, 6, 30))))
    new = desk.hand_in(supplier, build_workbook(**content(effective_date=dt.date(2026, 6, 30))))
    old.refresh_from_db()
    assert (old.status, old.superseded_by) == (DeclarationStatus.SUPERSEDED, new)
    assert new.status == DeclarationStatus.STRUCTURALLY_VALID
    assert old.smelters.count() == 4


def test_last_years_file_arriving_late_does_not_displace_this_years(
    desk: Desk, supplier: Supplier
) -> None:
    new = desk.hand_in(supplier, build_workbook(**content(effective_date=dt.date(2026, 6, 30))))
    old = desk.hand_in(supplier, build_workbook(**content(effective_date=dt.date(2025, 6, 30))))
    new.refresh_from_db()
    assert new.status == DeclarationStatus.STRUCTURALLY_VALID
    assert (old.status, old.superseded_by) == (DeclarationStatus.SUPERSEDED, new)


def test_supplier_is_found_by_either_name_in_the_file(desk: Desk, supplier: Supplier) -> None:
    by_name = desk.hand_in(None, build_workbook(**content(company_name="bright tin co")))
    by_local_name = desk.hand_in(None, build_workbook(**content(company_name="亮锡有限公司")))
    stranger = desk.hand_in(None, build_workbook(**content(company_name="Nobody Ltd")))
    assert by_name.supplier == supplier
    assert by_local_name.supplier == supplier
    assert stranger.supplier is None


def test_assigning_a_supplier_judges_again_and_supersedes(
    desk: Desk, csr_specialist: User, supplier: Supplier
) -> None:
    old = desk.hand_in(supplier, build_workbook(**content(effective_date=dt.date(2025, 6, 30))))
    stray = desk.hand_in(None, build_workbook(**content(company_name="Nobody Ltd")))
    assigned = assign_supplier(csr_specialist, stray.pk, supplier.pk)
    old.refresh_from_db()
    assert assigned.supplier == supplier
    assert old.superseded_by == assigned
    assert assigned.findings.filter(code="company_name_differs").exists()


def test_unreadable_file_says_why_and_stores_no_content(desk: Desk, supplier: Supplier) -> None:
    data = build_workbook(**content(), cached=True, without_sheets=["Smelter List"])
    declaration = desk.hand_in(supplier, data)
    assert declaration.status == DeclarationStatus.UNREADABLE
    assert declaration.error["code"] == "sheet_missing"
    assert not declaration.answers.exists()
    assert Job.objects.get(subject_id=str(declaration.pk)).error["code"] == "sheet_missing"


def test_refused_file_leaves_only_its_reason(desk: Desk, supplier: Supplier) -> None:
    received = desk.receive(supplier, b"\x89PNG\r\n\x1a\n" + b"0" * 64, "smelters.xlsx")[0]
    assert received.declaration is None
    assert received.job.state == JobState.FAILED
    assert received.job.error["code"] == "not_a_spreadsheet"
    assert not Declaration.objects.exists()
    assert not WorkbookFile.objects.exists()


def test_macro_workbook_is_judged_flagged_and_kept_without_its_macros(
    desk: Desk, supplier: Supplier, tmp_path: Path
) -> None:
    path = macro_workbook(tmp_path / "with-macros.xlsm")
    declaration = desk.hand_in(supplier, path.read_bytes(), "with-macros.xlsm")
    assert declaration.family == "CMRT"
    assert declaration.findings.filter(code="macros_present").count() == 1
    assert declaration.workbook.macros_removed
    assert declaration.workbook.sha256 == sha256(path.read_bytes()).hexdigest()
    with ZipFile(declaration.workbook.content.path) as kept:
        assert not [name for name in kept.namelist() if "vba" in name.lower()]


def test_judging_twice_changes_nothing(desk: Desk, supplier: Supplier) -> None:
    declaration = desk.hand_in(supplier, misspelt())
    before = list(Finding.objects.values_list("code", "cell", "severity"))
    rows = list(SmelterLine.objects.values_list("pk", "row", "match"))
    assert rejudge(declaration.pk) is not None
    assert list(Finding.objects.values_list("code", "cell", "severity")) == before
    assert list(SmelterLine.objects.values_list("pk", "row", "match")) == rows


def test_same_template_twice_changes_nothing(
    tmp_path: Path, reference: ReferenceSnapshot, admin: User
) -> None:
    path = tmp_path / "template.xlsx"
    again = install_template(admin, path, "other-name.xlsx")
    assert (again.snapshot, again.created) == (reference, False)
    assert ReferenceSnapshot.objects.count() == 1
    assert ReferenceEntry.objects.count() == reference.row_count


def test_only_administrators_install_templates(tmp_path: Path, buyer: User) -> None:
    path = tmp_path / "template.xlsx"
    path.write_bytes(build_workbook("cmrt_6.5"))
    with pytest.raises(NotAllowed):
        install_template(buyer, path, path.name)
    assert not ReferenceSnapshot.objects.exists()


def test_reference_entries_are_immutable(reference: ReferenceSnapshot) -> None:
    entry = reference.entries.first()
    assert entry is not None
    with pytest.raises(TypeError, match="never changed"):
        entry.save()


def test_confirmed_suggestion_is_remembered_and_can_be_undone(
    desk: Desk,
    csr_specialist: User,
    supplier: Supplier,
    other_supplier: Supplier,
    reference: ReferenceSnapshot,
) -> None:
    first = desk.hand_in(supplier, misspelt())
    line = first.smelters.get(lookup=MISSPELT)
    assert line.match == MatchKind.UNMATCHED
    assert line.suggestions[0]["cid"] == "CID900001"
    assert first.waiting_count == 1

    decision, line = decide_match(csr_specialist, line.pk, "CID900001", DecisionKind.CONFIRMED)
    first.refresh_from_db()
    assert (line.match, line.matched_cid, line.decision) == (
        MatchKind.ALIAS,
        "CID900001",
        decision,
    )
    assert first.waiting_count == 0

    later = desk.hand_in(other_supplier, misspelt(company_name="Golden Contact Ltd"))
    assert later.smelters.get(lookup=MISSPELT).decision == decision

    undo_decision(csr_specialist, decision.pk)
    rejudge(first.pk)
    rejudge(later.pk)
    for declaration in (first, later):
        line = declaration.smelters.get(lookup=MISSPELT)
        assert (line.match, line.matched_cid, line.decision) == (MatchKind.UNMATCHED, "", None)
        declaration.refresh_from_db()
        assert declaration.waiting_count == 1
    decision.refresh_from_db()
    assert decision.undone_by == csr_specialist


def test_person_may_choose_a_smelter_that_nothing_suggested(
    desk: Desk, csr_specialist: User, supplier: Supplier
) -> None:
    """Without an installed list the look-up inside the file is what one may choose from."""
    found = content()
    found["smelters"] = [
        {"metal": "Tin", "lookup": "Smelter not listed", "name": "Works No. 7", "country": "CHINA"}
    ]
    line = desk.hand_in(supplier, build_workbook(**found)).smelters.get()
    assert (line.match, line.suggestions) == (MatchKind.NOT_LISTED, [])
    assert [item.cid for item in candidates(line, "quiet tin")] == ["CID900002"]
    assert [item.cid for item in candidates(line, "cid900001")] == ["CID900001"]
    assert candidates(line, "gold kettle") == ()
    decision, line = decide_match(csr_specialist, line.pk, "CID900002", DecisionKind.CONFIRMED)
    assert (line.match, line.matched_cid) == (MatchKind.ALIAS, "CID900002")
    assert decision.text == "Works No. 7"


def test_rejected_suggestion_is_not_offered_again(
    desk: Desk, csr_specialist: User, supplier: Supplier, reference: ReferenceSnapshot
) -> None:
    declaration = desk.hand_in(supplier, misspelt())
    line = declaration.smelters.get(lookup=MISSPELT)
    _decision, line = decide_match(csr_specialist, line.pk, "CID900001", DecisionKind.REJECTED)
    assert "CID900001" not in [item["cid"] for item in line.suggestions]
    assert line.match == MatchKind.UNMATCHED


def test_deciding_needs_the_right_role_and_a_listed_smelter(
    desk: Desk,
    csr_specialist: User,
    buyer: User,
    supplier: Supplier,
    reference: ReferenceSnapshot,
) -> None:
    line = desk.hand_in(supplier, misspelt()).smelters.get(lookup=MISSPELT)
    with pytest.raises(NotAllowed):
        decide_match(buyer, line.pk, "CID900001", DecisionKind.CONFIRMED)
    with pytest.raises(DomainError, match="smelter_not_in_list"):
        decide_match(csr_specialist, line.pk, "CID999999", DecisionKind.CONFIRMED)
    with pytest.raises(NotFound):
        decide_match(csr_specialist, 0, "CID900001", DecisionKind.CONFIRMED)
    assert not MatchDecision.objects.exists()


def test_second_confirmation_of_the_same_text_is_refused(
    desk: Desk, csr_specialist: User, supplier: Supplier, reference: ReferenceSnapshot
) -> None:
    line = desk.hand_in(supplier, misspelt()).smelters.get(lookup=MISSPELT)
    decide_match(csr_specialist, line.pk, "CID900001", DecisionKind.CONFIRMED)
    with pytest.raises(DomainError, match="match_already_decided"):
        decide_match(csr_specialist, line.pk, "CID900002", DecisionKind.CONFIRMED)


def test_supplier_contact_hands_in_for_his_own_company_only(
    tmp_path: Path, supplier_user: User, supplier: Supplier, other_supplier: Supplier
) -> None:
    desk = Desk(tmp_path, supplier_user)
    data = build_workbook(**content())
    assert desk.hand_in(supplier, data).supplier == supplier
    for foreign in (other_supplier, None):
        with pytest.raises(NotAllowed):
            desk.receive(foreign, build_workbook(**content(unique_id="2")))
    assert Declaration.objects.count() == 1
