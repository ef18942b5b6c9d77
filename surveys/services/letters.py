"""What the mails of a survey say: the usual words, or the survey's own."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from core.models import Letter
from core.reader import listed, own_company
from core.services.notification_mail import absolute
from core.services.outbox import LetterWriter, Written
from minerals.enums import ClarificationState
from minerals.models import Clarification
from suppliers.selectors.day_words import day_words
from surveys.enums import CampaignState, MailLanguage
from surveys.models import AccessLink, Campaign, CampaignText, Participant
from surveys.selectors.stages import with_stage
from surveys.services.bounced import tell_bounced
from surveys.services.links import token_of

# Placeholders that own texts may hold; anything else in them stays as it is written.
PLACEHOLDERS = ("supplier", "person", "company", "forms", "due", "contact", "contact_email", "year")
# These are said whatever became of the answer meanwhile.
ALWAYS = frozenset({"survey.reply", "survey.link"})
QUESTIONS = "survey.questions"
OTHER = {"en": "zh-hans", "zh-hans": "en"}
BETWEEN = "— — —"


class SurveyLetters(LetterWriter):
    """Writer of all kinds that begin with ``survey.``; ``params``: ``{"link": key}``."""

    def written(self, letter: Letter) -> Written | None:
        link = _link(letter)
        if link is None or not _still_wanted(letter, link.participant):
            return None
        return in_languages(
            link.participant.campaign, lambda: written_for(letter.kind, link, letter.params)
        )

    def link(self, letter: Letter) -> str:
        link = _link(letter)
        if link is None:
            return ""
        return absolute(reverse("surveys:answer", args=[token_of(link)]))

    def came_back(self, letter: Letter, problem: str) -> None:
        """Who cares for the supplier is asked to find the right address."""
        link = _link(letter)
        if link is not None:
            tell_bounced(link, problem)


def _link(letter: Letter) -> AccessLink | None:
    found = AccessLink.objects.select_related(
        "participant__campaign__contact_person", "participant__supplier", "contact"
    )
    return found.filter(pk=letter.params.get("link"), revoked_at=None).first()


def _still_wanted(letter: Letter, participant: Participant) -> bool:
    """Nobody is reminded of what is done, declined, taken out or over."""
    if letter.kind in ALWAYS:
        return True
    if letter.kind == QUESTIONS:
        open_ones = Clarification.objects.filter(state=ClarificationState.OPEN)
        return open_ones.filter(pk=letter.params.get("clarification")).exists()
    campaign = participant.campaign
    if campaign.state != CampaignState.RUNNING or campaign.paused_on is not None:
        return False
    if participant.declined_at or participant.excluded_at:
        return False
    row = with_stage(Participant.objects.filter(pk=participant.pk)).values("received").get()
    return not row["received"]


def in_languages(campaign: Campaign, write: Callable[[], Written]) -> Written:
    """In the language that is active, in the survey's, or in both, the reader's first."""
    mode = campaign.mail_language
    if mode in OTHER:
        with override(mode):
            return write()
    if mode != MailLanguage.BOTH:
        return write()
    first = write()
    with override(OTHER.get(get_language() or "en", "en")):
        second = write()
    return Written(
        f"{first.title} / {second.title}",
        (*first.paragraphs, BETWEEN, *second.paragraphs),
        f"{first.link} / {second.link}",
    )


def written_for(kind: str, link: AccessLink, params: dict[str, object]) -> Written:
    """In the language that is active."""
    return words_for(kind, link.participant.campaign, values_of(link), params)


def words_for(
    kind: str, campaign: Campaign, values: dict[str, str], params: dict[str, object]
) -> Written:
    """``values``: of each placeholder."""
    code = kind.partition(".")[2]
    own = _own_text(campaign, code)
    if own is not None:
        body = filled(own.body, values)
        return Written(filled(own.title, values), tuple(_paragraphs(body)), _button())
    return usual_words(code, values, params)


def _own_text(campaign: Campaign, code: str) -> CampaignText | None:
    return campaign.texts.filter(kind=code, language=get_language() or "en").first()


def values_of(link: AccessLink) -> dict[str, str]:
    participant = link.participant
    campaign = participant.campaign
    families = participant.forms.values_list("family", flat=True)
    person = campaign.contact_person
    return {
        "supplier": participant.supplier.shown_name,
        "person": link.contact.name if link.contact else "",
        "company": own_company(),
        "forms": listed(list(families)),
        "due": day_words(participant.due_on),
        "contact": str(person),
        "contact_email": person.email,
        "year": str(campaign.year),
    }


def filled(text: str, values: dict[str, str]) -> str:
    """``{due}`` and the like by what they stand for."""
    for name in PLACEHOLDERS:
        text = text.replace("{" + name + "}", values.get(name, ""))
    return text


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]


def _button() -> str:
    return _("Open your task")


def usual_words(
    code: str, values: dict[str, str], params: dict[str, object] | None = None
) -> Written:
    greeting = _("Dear %(person)s,") % values if values["person"] else _("Dear Sir or Madam,")
    ending = _("Questions? Use the page, or write to %(contact)s (%(contact_email)s).") % values
    title, middle = _words(code, values, params or {})
    return Written(title, (greeting, *middle, ending, values["company"]), _button())


def _words(
    code: str, values: dict[str, str], params: dict[str, object]
) -> tuple[str, tuple[str, ...]]:
    how = _(
        "The button below opens your task; no account is needed. The link is yours alone: please"
        " do not pass it on. You can name a colleague on the page, or tell us that you are not the"
        " right person."
    )
    if code == "invitation":
        return (
            _("%(company)s: your minerals report for %(year)s, due %(due)s") % values,
            (
                _(
                    "Once a year we ask our suppliers where the minerals in their goods come from."
                    " Please send us %(forms)s for %(supplier)s by %(due)s."
                )
                % values,
                _(
                    "You get the official form there, or can begin with your report of last year."
                    " When you upload your file we check it at once and show what is to be"
                    " corrected, cell by cell."
                ),
                how,
            ),
        )
    if code == "questions":
        return (
            _("Questions about your minerals report for %(year)s") % values,
            (
                _(
                    "We have read the report of %(supplier)s and have questions. Please answer them"
                    " on the page, or upload a corrected file."
                )
                % values,
                how,
            ),
        )
    if code == "reply":
        return (
            _("Answer to your question about the minerals report") % values,
            (str(params.get("text", "")),),
        )
    if code == "link":
        return (
            _("Your new link to the minerals report of %(year)s") % values,
            (_("You asked for a new link for %(supplier)s.") % values, how),
        )
    if code in ("due", "backup"):
        return (
            _("%(company)s: your minerals report is due") % values,
            (
                _(
                    "We have not received %(forms)s of %(supplier)s yet; it is due on %(due)s."
                    " Please send it now, or tell us on the page what keeps you from it."
                )
                % values,
                how,
            ),
        )
    return (
        _("Reminder: minerals report for %(year)s, due %(due)s") % values,
        (
            _("Please remember to send us %(forms)s for %(supplier)s by %(due)s.") % values,
            _("If something is unclear, ask us on the page; we are glad to help."),
            how,
        ),
    )
