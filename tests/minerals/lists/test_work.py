"""What waits for a colleague on the home page."""

from __future__ import annotations

import pytest

from accounts.models import User
from minerals.selectors.list_work import list_work
from minerals.services.smelter_lists import confirm_list
from minerals.services.status_words import explain_status_word
from portal.selectors.work_sources import WORK_SOURCES
from tests.minerals.lists.files import FIRST, SECOND, imported, line, read

pytestmark = pytest.mark.django_db
ROWS = [line(f"CID90000{number}") for number in range(1, 6)]


def test_lists_to_confirm_and_words_to_explain(csr_specialist: User, buyer: User) -> None:
    assert list_work in WORK_SOURCES
    imported(csr_specialist, ROWS, FIRST)
    assert list_work(csr_specialist) == []
    held = read(csr_specialist, [ROWS[0], line("CID900006", "Paused")], SECOND)
    first, second = list_work(csr_specialist)
    assert (first.severity, first.url) == ("warning", held.get_absolute_url())
    assert (second.title, second.detail) == (
        "Say what 1 status word of smelter lists means",
        "“Paused”",
    )
    assert list_work(buyer) == []
    confirm_list(csr_specialist, held.pk, knowing=True)
    explain_status_word(csr_specialist, "Paused", "active")
    assert list_work(csr_specialist) == []
