"""The verdict on a declaration as sentences: what it is, and what happens next."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from core.badges import Badge
from minerals.enums import DeclarationStatus, VerdictState
from minerals.models import Declaration
from minerals.rules.verdict import Part, Verdict, counted_parts, verdict_sentence
from minerals.selectors.declarations import FindingCounts
from minerals.selectors.review_words import review_badge, review_words
from minerals.selectors.texts import error_text


@dataclass(frozen=True, slots=True)
class VerdictWords:
    """``tone`` and ``icon`` of the interface; ``headline`` one sentence; ``next`` what to do;
    ``decide_first``: only smelters waiting for a person stand before asking the supplier."""

    tone: str
    icon: str
    headline: str
    next: str
    decide_first: bool = False


BADGES: dict[str, tuple[str, str]] = {
    VerdictState.CLEAN: ("verified", "circle-check"),
    VerdictState.WITH_WARNINGS: ("soon", "alert-triangle"),
    VerdictState.CORRECT_FIRST: ("now", "alert-octagon"),
    VerdictState.OUTDATED: ("now", "versions"),
    VerdictState.UNREADABLE: ("now", "file-x"),
}


def verdict_badge(declaration: Declaration) -> Badge:
    """The one badge of a list row: superseded before what a person made of it, before the verdict;
    received while there is none."""
    if declaration.status == DeclarationStatus.SUPERSEDED:
        return Badge("quiet", declaration.get_status_display(), "history")
    reviewed = review_badge(declaration)
    if reviewed is not None:
        return reviewed
    if not declaration.verdict:
        return Badge("progress", declaration.get_status_display(), "loader-2")
    tone, icon = BADGES[declaration.verdict]
    return Badge(tone, declaration.get_verdict_display(), icon)


def verdict_line(declaration: Declaration, *, decides: bool) -> str:
    """One sentence from the stored counts, for lists and upload cards (no query).

    Smelters are named to a reader who ``decides`` about them.
    """
    waiting = declaration.waiting_count if decides else 0
    return _headline(
        declaration,
        counted_parts(
            declaration.required_remaining,
            0,
            declaration.error_count,
            declaration.warning_count,
            waiting,
        ),
    )


def verdict_words(
    declaration: Declaration, counts: FindingCounts, *, internal: bool, decides: bool
) -> VerdictWords:
    """The verdict box of the declaration page, for staff or for the supplier.

    Smelters that wait are named to a reader who ``decides`` about them.
    """
    superseded = declaration.status == DeclarationStatus.SUPERSEDED
    reviewed = None if superseded else review_words(declaration, internal=internal)
    if reviewed is not None:
        return VerdictWords(reviewed.tone, reviewed.icon, reviewed.headline, reviewed.next)
    waiting = declaration.waiting_count if decides and not superseded else 0
    parts = counted_parts(
        counts.open_rows, counts.contradictions, counts.errors, counts.warnings, waiting
    )
    tone, icon = BADGES.get(declaration.verdict, ("progress", "loader-2"))
    if superseded:
        tone, icon = "unknown", "history"
    return VerdictWords(
        tone,
        icon,
        _headline(declaration, parts),
        _next_step(declaration, internal, decides),
        decide_first=waiting > 0 and declaration.verdict == VerdictState.WITH_WARNINGS,
    )


def _headline(declaration: Declaration, parts: tuple[Part, ...]) -> str:
    if not declaration.verdict:
        return gettext("Received; being judged now.")
    if declaration.verdict == VerdictState.UNREADABLE:
        problem = error_text(declaration)
        return problem.message if problem else gettext("This file could not be read.")
    if declaration.verdict == VerdictState.OUTDATED:
        words = gettext("Outdated template: %(form)s is no longer accepted.")
        return words % {"form": declaration.title}
    found = Verdict(declaration.verdict, parts=parts)  # type: ignore[arg-type]
    return verdict_sentence(found, gettext, ngettext)


def _next_step(declaration: Declaration, internal: bool, decides: bool) -> str:
    if declaration.status == DeclarationStatus.SUPERSEDED:
        newer = gettext("A newer declaration has taken its place; this one stays readable.")
        return late_arrival(declaration) or newer
    return _next_for_staff(declaration, decides) if internal else _next_for_supplier(declaration)


def late_arrival(declaration: Declaration) -> str:
    """What happened to a file that is superseded by one received before it; empty otherwise."""
    current = declaration.superseded_by
    if current is None or current.received_at > declaration.received_at:
        return ""
    return gettext(
        "A declaration received earlier bears a later effective date and stays the current one. "
        "If this file is the newer one, correct its effective date and upload it again."
    )


def _next_for_staff(declaration: Declaration, decides: bool) -> str:
    match declaration.verdict:
        case VerdictState.CORRECT_FIRST:
            return gettext("Send it back with the correction workbook.")
        case VerdictState.WITH_WARNINGS:
            if declaration.waiting_count and not decides:
                return gettext("A CSR specialist confirms the smelters; ask about the rest.")
            if declaration.waiting_count:
                return gettext("Decide the smelters, then ask the supplier about the rest.")
            return gettext("Read the warnings and ask the supplier about them.")
        case VerdictState.CLEAN:
            return gettext("Structurally valid. The content still wants a person's review.")
        case VerdictState.OUTDATED:
            return gettext("Hand the supplier the current blank form and ask again.")
        case VerdictState.UNREADABLE:
            return _remedy(declaration)
    return ""


def _next_for_supplier(declaration: Declaration) -> str:
    match declaration.verdict:
        case VerdictState.CORRECT_FIRST:
            return gettext(
                "Download your file with comments, correct the marked cells and upload it again."
            )
        case VerdictState.WITH_WARNINGS:
            return gettext(
                "Please look at the warnings. Where they are right, correct and upload again."
            )
        case VerdictState.CLEAN:
            return gettext("You need not do anything now. Your customer reviews the content.")
        case VerdictState.OUTDATED:
            return gettext("Please fill in the current form and upload it.")
        case VerdictState.UNREADABLE:
            return _remedy(declaration)
    return ""


def _remedy(declaration: Declaration) -> str:
    problem = error_text(declaration)
    return problem.remedy if problem else gettext("Save it again as an Excel workbook.")
