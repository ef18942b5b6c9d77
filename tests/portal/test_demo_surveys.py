"""The demo's survey: suppliers in all stages, last year's result, mails to read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from accounts.models import User
from core.models import Letter, LetterState
from core.services.mail_delivery import deliver_mails
from core.services.outbox import pack_due_letters
from portal.demo.companies import load_companies
from portal.demo.files import load_declarations
from portal.demo.lists import load_lists
from portal.demo.lives import load_lives
from portal.demo.people import load_people_and_suppliers
from portal.demo.surveys import load_surveys
from surveys.enums import Stage
from surveys.models import Campaign
from surveys.selectors.board import board_of
from surveys.selectors.progress import before_of

pytestmark = pytest.mark.django_db


def test_suppliers_in_all_stages_and_real_mails(
    settings: Any, tmp_path: Path, sign_in: Any
) -> None:
    settings.DEMO_MODE = True
    settings.EMAIL_BACKEND = "core.mail_folder.FolderBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    load_people_and_suppliers()
    load_companies()
    load_declarations()
    load_lists()
    load_lives()
    assert load_surveys()
    assert not load_surveys()
    person = User.objects.get(email="csr@demo.example")
    campaign = Campaign.objects.get(state="running")
    board = board_of(person, campaign)
    empty = [stage for stage, count in board.stages.items() if not count]
    assert set(empty) <= {Stage.CLARIFICATION, Stage.SUBMITTED}
    assert board.overdue
    assert board.bounced == 1
    before = before_of(person, campaign)
    assert before is not None
    assert before.rates.received > 0
    assert Letter.objects.filter(state=LetterState.WAITING).exists()
    pack_due_letters()
    while deliver_mails():
        pass
    client = sign_in(person)
    page = client.get("/mails/").content.decode()
    assert "supplier@demo.example" in page
    name = sorted(path.name for path in tmp_path.glob("*.eml"))[0]
    assert "/answer/" in client.get(f"/mails/{name}/").content.decode()
    for wrong in ("..%2f..%2fsecret_key", "nothing.eml", ".eml"):
        assert client.get(f"/mails/{wrong}/").status_code == 404
    assert client.get(f"/surveys/{campaign.pk}/").status_code == 200
    settings.DEMO_MODE = False
    assert client.get("/mails/").status_code == 404
    assert client.get(f"/mails/{name}/").status_code == 404
