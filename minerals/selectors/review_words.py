"""Where the review of a declaration stands, in words for our people and for the supplier."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.badges import Badge
from minerals.enums import ReviewState, VerdictState
from minerals.models import Declaration
from minerals.rules.review import Tally

BADGES: dict[str, tuple[str, str]] = {
    ReviewState.UNDER_REVIEW: ("info", "eye-check"),
    ReviewState.CLARIFICATION_OPEN: ("progress", "message-circle"),
    ReviewState.WITH_EXCEPTIONS: ("verified", "checks"),
    ReviewState.ACCEPTED: ("verified", "circle-check"),
    ReviewState.REJECTED: ("now", "circle-x"),
}


@dataclass(frozen=True, slots=True)
class ReviewWords:
    """What replaces the words of the rules: ``headline`` and ``next`` of the verdict box."""

    tone: str
    icon: str
    headline: str
    next: str


def review_badge(declaration: Declaration) -> Badge | None:
    """None while nobody has begun."""
    if not declaration.review:
        return None
    tone, icon = BADGES[declaration.review]
    return Badge(tone, declaration.get_review_display(), icon)


def review_words(declaration: Declaration, *, internal: bool) -> ReviewWords | None:
    """None while the rules have the word: before a review, and while it runs."""
    if declaration.review in ("", ReviewState.UNDER_REVIEW):
        return None
    tone, icon = BADGES[declaration.review]
    say = _for_staff if internal else _for_supplier
    headline, following = say(declaration)
    return ReviewWords(tone, icon, headline, following)


def wants_file(declaration: Declaration) -> bool:
    """Is a corrected file of use to anybody? Not once it is accepted."""
    if declaration.review in (ReviewState.ACCEPTED, ReviewState.WITH_EXCEPTIONS):
        return False
    return declaration.review == ReviewState.REJECTED or declaration.verdict != VerdictState.CLEAN


def tally_words(found: Tally) -> str:
    """What keeps it from being accepted, or what an acceptance would put up with."""
    parts = []
    if found.open_errors:
        text = ngettext(
            "%(count)s error to correct or waive",
            "%(count)s errors to correct or waive",
            found.open_errors,
        )
        parts.append(text % {"count": found.open_errors})
    if found.open_warnings:
        text = ngettext(
            "%(count)s warning to decide", "%(count)s warnings to decide", found.open_warnings
        )
        parts.append(text % {"count": found.open_warnings})
    if found.waived:
        text = ngettext("%(count)s finding waived", "%(count)s findings waived", found.waived)
        parts.append(text % {"count": found.waived})
    return " · ".join(parts) or _("Nothing is left to decide.")


def _for_staff(declaration: Declaration) -> tuple[str, str]:
    match declaration.review:
        case ReviewState.CLARIFICATION_OPEN:
            return (
                _("The supplier has been asked."),
                _("The answers, or a corrected file, appear here beside the findings."),
            )
        case ReviewState.REJECTED:
            return _rejected(declaration), _("The supplier has been told to hand in another file.")
        case ReviewState.WITH_EXCEPTIONS:
            return (
                _("Accepted with exceptions."),
                _("The waivers and their reasons stand beside the findings."),
            )
    return _("Accepted."), _("Nothing is to be done.")


def _for_supplier(declaration: Declaration) -> tuple[str, str]:
    match declaration.review:
        case ReviewState.CLARIFICATION_OPEN:
            return (
                _("There are questions about this file."),
                _("Please answer them, or upload a corrected file."),
            )
        case ReviewState.REJECTED:
            return (
                _rejected(declaration),
                _("Please correct the file and upload it again. We look at it anew."),
            )
        case ReviewState.WITH_EXCEPTIONS:
            return (
                _("Your declaration is accepted with exceptions. Thank you."),
                _("You need not do anything now. Please mind the remaining points next time."),
            )
    return _("Your declaration is accepted. Thank you."), _("You need not do anything now.")


def _rejected(declaration: Declaration) -> str:
    return _("Not accepted: %(reason)s") % {"reason": declaration.review_note}
