"""The risk rating in words: parts, numbers of the policy, reasons for points, floors."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.badges import Badge
from core.reader import listed
from minerals.enums import RiskEventKind, RiskLevel, SmelterStatus
from minerals.rules.catalogue import CATALOGUE
from minerals.rules.risk.policy import Part, PolicyProblem
from minerals.selectors.questions import field_name, mineral_name

Words = str | Promise

PART_WORDS: Mapping[Part, Words] = {
    "response": gettext_lazy("Quality of the response"),
    "coverage": gettext_lazy("Coverage"),
    "smelters": pgettext_lazy("part of the risk", "Smelters"),
    "origin": gettext_lazy("Origin"),
    "programme": gettext_lazy("Supplier's programme"),
}

LEVEL_BADGES: Mapping[str, tuple[str, str]] = {
    RiskLevel.LOW: ("verified", "circle-check"),
    RiskLevel.MEDIUM: ("soon", "alert-triangle"),
    RiskLevel.HIGH: ("now", "alert-octagon"),
}

# Of each number of the policy; the order is that of the rubric.
KEY_WORDS: Mapping[str, Words] = {
    "response.cap": gettext_lazy("Quality of the response, at most"),
    "response.missing_field": gettext_lazy("Required field missing"),
    "response.missing_field_max": gettext_lazy("Required fields missing, at most"),
    "response.contradiction": gettext_lazy("Answers contradict each other"),
    "response.contradiction_max": gettext_lazy("Contradictions, at most"),
    "response.soft_contradiction": gettext_lazy("Answers that look odd together"),
    "response.version_below_minimum": gettext_lazy("Template older than accepted"),
    "response.version_not_latest": gettext_lazy("Template accepted, but not the newest"),
    "response.older_than_year": gettext_lazy("Declaration older than a year"),
    "response.authoriser_missing": gettext_lazy("Name, e-mail or date of who authorises missing"),
    "response.scope_too_wide": gettext_lazy(
        "Answer for the whole company where products were asked for"
    ),
    "response.late_week": gettext_lazy("Late, for each week begun"),
    "response.late_max": gettext_lazy("Late, at most"),
    "coverage.cap": gettext_lazy("Coverage, at most"),
    "coverage.share_all": gettext_lazy("All of its suppliers have answered"),
    "coverage.share_over_90": gettext_lazy("More than 90 % of its suppliers have answered"),
    "coverage.share_over_75": gettext_lazy("More than 75 % of its suppliers have answered"),
    "coverage.share_over_50": gettext_lazy("More than half of its suppliers have answered"),
    "coverage.share_half_or_less": gettext_lazy("Half of its suppliers or fewer have answered"),
    "coverage.not_all_identified": gettext_lazy("Not all smelters known, for each mineral"),
    "coverage.not_all_identified_max": gettext_lazy("Not all smelters known, at most"),
    "coverage.not_all_reported": gettext_lazy("Not all known smelters reported, for each mineral"),
    "coverage.not_all_reported_max": gettext_lazy("Not all known smelters reported, at most"),
    "coverage.unmatched": gettext_lazy("Row whose smelter nobody could tell"),
    "coverage.unmatched_max": gettext_lazy("Rows without a known smelter, at most"),
    "smelters.cap": gettext_lazy("Smelters, at most"),
    "smelters.share_weight": gettext_lazy("Share of smelters that nobody has assured, at most"),
    "smelters.share_from": gettext_lazy("Not assured: from this many points of the status"),
    "origin.cap": gettext_lazy("Origin, at most"),
    "origin.recycled": gettext_lazy("Recycled or scrap"),
    "origin.low_risk": gettext_lazy("Country of low risk"),
    "origin.transit": gettext_lazy("Known transit country"),
    "origin.unknown": gettext_lazy("Origin not known"),
    "origin.high_risk": gettext_lazy("Covered country or area of conflict"),
    "origin.drc": gettext_lazy("DR Congo"),
    "origin.half_from": gettext_lazy("Counts half: status with at least so many points"),
    "origin.half_to": gettext_lazy("Counts half: status with at most so many points"),
    "programme.cap": gettext_lazy("Supplier's programme, at most"),
    "programme.A": gettext_lazy("No policy on responsible sourcing"),
    "programme.B": gettext_lazy("Policy not published"),
    "programme.C": gettext_lazy("Does not ask for validated smelters"),
    "programme.D": gettext_lazy("No due diligence on sourcing"),
    "programme.E": gettext_lazy("Does not survey its suppliers"),
    "programme.F": gettext_lazy("Does not check what its suppliers answer"),
    "programme.G": gettext_lazy("No corrective action"),
    "level.medium_from": gettext_lazy("Medium from"),
    "level.high_from": gettext_lazy("High from"),
    "floor.status_medium_from": gettext_lazy(
        "At least medium: a smelter whose status has so many points"
    ),
    "floor.rejected_days": gettext_lazy(
        "Days to clear up a rejected smelter of an answer for the whole company"
    ),
    **{f"status.{code}": label for code, label in SmelterStatus.choices},
}

FLOOR_WORDS: Mapping[str, Words] = {
    **dict(RiskEventKind.choices),
    "rejected_in_products": gettext_lazy("A rejected smelter is in our products"),
    "risky_origin_confirmed": gettext_lazy(
        "Origin in an area of conflict through a smelter that nobody has assured, confirmed"
    ),
    "rejected_not_cleared": gettext_lazy("A rejected smelter was not cleared up in time"),
    "rejected_company_level": gettext_lazy(
        "A rejected smelter is named for the whole company and has to be cleared up"
    ),
    "weak_smelter": gettext_lazy("A smelter that nobody has assured"),
    "open_contradiction": gettext_lazy("A contradiction is open"),
    "no_policy": gettext_lazy("No policy on responsible sourcing"),
    "not_signed": gettext_lazy("The conflict minerals declaration is not signed"),
    "not_all_identified": gettext_lazy("Not all smelters are known"),
}

# What to do, by the number or the floor that an improvement names.
REMEDY_WORDS: Mapping[str, Words] = {
    "response.missing_field": gettext_lazy("Fill in the required fields"),
    "response.contradiction": gettext_lazy("Clear up the contradictions"),
    "response.soft_contradiction": gettext_lazy("Check the answers that look odd together"),
    "response.authoriser_missing": gettext_lazy("Name who authorises, with e-mail and date"),
    "response.version": gettext_lazy("Answer with the newest template"),
    "response.scope_too_wide": gettext_lazy("Answer for the products we buy"),
    "coverage.not_all_identified": gettext_lazy("Find out all smelters"),
    "coverage.not_all_reported": gettext_lazy("List all smelters that are known"),
    "coverage.unmatched": gettext_lazy("Identify the smelters of these rows"),
    "coverage.share": gettext_lazy("Get answers from all of its suppliers"),
    "not_signed": gettext_lazy("Sign the conflict minerals declaration"),
    "programme.A": gettext_lazy("Adopt a policy on responsible sourcing"),
    "programme.B": gettext_lazy("Publish the policy"),
    "programme.C": gettext_lazy("Ask for validated smelters"),
    "programme.D": gettext_lazy("Practise due diligence on sourcing"),
    "programme.E": gettext_lazy("Survey its suppliers"),
    "programme.F": gettext_lazy("Check what its suppliers answer"),
    "programme.G": gettext_lazy("Follow up with corrective action"),
}

_PROBLEMS: Mapping[str, Words] = {
    "missing": gettext_lazy("A number is missing."),
    "unknown": gettext_lazy("There is no such number."),
    "not_whole": gettext_lazy("A whole number is needed."),
    "out_of_range": gettext_lazy("The number is too small or too large."),
    "order": gettext_lazy("It must not be below the number before it."),
}
# Points whose name is the code of a finding, or a mineral.
_NAMES_FINDING = (
    "response.missing_field", "response.contradiction", "response.soft_contradiction",
    "open_contradiction",
)  # fmt: skip
_NAMES_MINERAL = ("coverage.", "not_all_identified")


def level_badge(level: str, *, provisional: bool = False) -> Badge:
    """A level nobody has accepted yet is shown as such, without its alarm."""
    tone, icon = LEVEL_BADGES[level]
    words = str(RiskLevel(level).label)
    if provisional:
        return Badge("unknown", _("%(level)s, provisional") % {"level": words}, icon)
    return Badge(tone, words, icon)


def key_words(key: str) -> str:
    return str(KEY_WORDS.get(key, key))


def floor_words(code: str) -> str:
    return str(FLOOR_WORDS.get(code, code))


def remedy_words(code: str) -> str:
    if code.startswith("status."):
        return _("Get this smelter assured, or replace it")
    return str(REMEDY_WORDS.get(code, code))


def name_words(key: str, name: str) -> str:
    """What a point, a floor or an improvement is about."""
    if not name or key.startswith("programme."):
        return ""
    if key in _NAMES_FINDING:
        return listed(finding_title(code) for code in name.split(", "))
    if key == "response.authoriser_missing":
        return listed(field_name(one) for one in name.split(", "))
    if key.startswith(_NAMES_MINERAL):
        return listed(mineral_name(one) for one in name.split(", "))
    return name


def finding_title(code: str) -> str:
    entry = CATALOGUE.get(code)
    return _(entry.title) if entry else code


def problem_words(problem: PolicyProblem) -> str:
    return str(_PROBLEMS[problem.code])
