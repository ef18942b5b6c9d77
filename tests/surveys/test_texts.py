"""Own words of mails, languages, previews."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import User
from core.errors import InvalidInput, NotFound
from surveys.models import Campaign
from surveys.services.starting import start_campaign
from surveys.services.texts import KINDS, LANGUAGES, TextInput, drop_text, preview, set_text
from tests.factories.surveys import in_scope, prepared
from tests.surveys.answering import send_mails

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(csr_specialist: User) -> Campaign:
    in_scope(country="DE")
    return prepared(csr_specialist)


def test_own_words_are_sent_with_what_differs_filled_in(
    survey: Campaign, csr_specialist: User
) -> None:
    words = TextInput("{supplier}: {forms}", "Dear {person},\n\nby {due} please. {contact}")
    set_text(csr_specialist, survey.pk, "invitation", "en", words)
    assert preview(survey, "invitation", "en").title.startswith("Survey Supplier")
    start_campaign(csr_specialist, survey.pk)
    send_mails()
    (sent,) = mail.outbox
    assert sent.subject.endswith(": CMRT")
    assert "Dear Person" in str(sent.body)
    assert "/answer/" in str(sent.body)
    drop_text(csr_specialist, survey.pk, "invitation", "en")
    assert "{" not in preview(survey, "invitation", "en").title


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mail_has_usual_words(survey: Campaign, kind: str, language: str) -> None:
    written = preview(survey, kind, language)
    assert written.title
    assert len(written.paragraphs) >= 3
    assert ("您" in "".join(written.paragraphs)) == (language == "zh-hans")


def test_mails_in_both_languages(survey: Campaign, csr_specialist: User) -> None:
    Campaign.objects.filter(pk=survey.pk).update(mail_language="both")
    start_campaign(csr_specialist, survey.pk)
    send_mails()
    text = str(mail.outbox[0].body)
    assert "Dear" in text
    assert "您" in text


@pytest.mark.parametrize(
    ("title", "body", "code"),
    [
        ("", "x", "text_title_missing"),
        ("x", " ", "text_body_missing"),
        ("x", "{nobody}", "placeholder_unknown"),
        ("x", "x" * 9000, "words_too_long"),
    ],
)
def test_wrong_words(
    survey: Campaign, csr_specialist: User, title: str, body: str, code: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        set_text(csr_specialist, survey.pk, "due", "en", TextInput(title, body))
    assert caught.value.code == code


def test_unknown_mails(survey: Campaign, csr_specialist: User) -> None:
    with pytest.raises(NotFound):
        set_text(csr_specialist, survey.pk, "nonsense", "en", TextInput("x", "x"))


def test_the_pages(survey: Campaign, csr_specialist: User, sign_in: Any) -> None:
    client = sign_in(csr_specialist)
    assert client.get(reverse("surveys:text-list", args=[survey.pk])).status_code == 200
    url = reverse("surveys:text-edit", args=[survey.pk, "due", "zh-hans"])
    assert "{supplier}" in client.get(url).content.decode()
    assert client.post(url, {"title": "您好", "body": "{nonsense}"}).status_code == 422
    assert client.post(url, {"title": "您好", "body": "请填写 {forms}"}).status_code == 302
    assert survey.texts.get().title == "您好"
    drop = reverse("surveys:text-drop", args=[survey.pk, "due", "zh-hans"])
    assert client.post(drop).status_code == 302
    assert not survey.texts.exists()
