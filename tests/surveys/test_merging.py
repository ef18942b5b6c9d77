"""A duplicate in a survey: whoever stays is asked, once."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from minerals.models import Declaration
from portal.services.merging import merge
from surveys.models import Participant
from tests.factories.minerals import form
from tests.factories.surveys import in_scope, part_of, running
from tests.surveys.answering import draft_of, link_of_mail, upload

pytestmark = pytest.mark.django_db


def test_the_survey_goes_along_with_its_draft(csr_specialist: User) -> None:
    drop = in_scope()
    running(csr_specialist)
    path = link_of_mail()
    keep = in_scope()
    upload(Client(), path, form())
    merge(csr_specialist, keep.pk, drop.pk, confirmed=True)
    assert part_of(keep).campaign.participants.count() == 1
    assert draft_of(keep).source == "survey"
    assert Client().get(path).status_code == 200
    assert not Declaration.objects.exists()


def test_where_both_are_asked_one_is_taken_out(csr_specialist: User) -> None:
    keep, drop = in_scope(), in_scope()
    running(csr_specialist)
    merge(csr_specialist, keep.pk, drop.pk, confirmed=True)
    assert part_of(keep).excluded_at is None
    gone = Participant.objects.get(supplier=drop)
    assert gone.exclude_reason == f"Merged into {keep.code}"
