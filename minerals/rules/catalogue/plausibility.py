"""Checks against other knowledge: earlier lists and the reference list."""

from __future__ import annotations

from minerals.rules.checks import Check
from minerals.rules.marks import N_

PLAUSIBILITY_CHECKS = (
    Check(
        "smelter_list_entirely_new",
        "plausibility",
        "warning",
        N_("No smelter stayed the same"),
        N_("None of the %(count)s smelters of the previous declaration is listed any more."),
        N_("A supply chain rarely changes completely in a year."),
        N_("Check that the right list was sent, or tell us what changed."),
    ),
    Check(
        "smelters_gone",
        "plausibility",
        "warning",
        N_("Smelters are no longer listed"),
        N_("%(count)s smelters of the previous declaration are no longer listed: %(names)s."),
        N_("Smelters that are merely forgotten leave a gap."),
        N_("Add them again if they still belong to your supply chain, or tell us why they left."),
    ),
    Check(
        "smelter_list_copies_reference",
        "plausibility",
        "warning",
        N_("The whole list was copied"),
        N_("%(count)s of all %(total)s listed smelters of %(metal)s are named."),
        N_("A list of everything says nothing about your own supply chain."),
        N_("Keep only the smelters that your suppliers have named."),
    ),
    Check(
        "origin_equals_facility_country",
        "plausibility",
        "info",
        N_("Origin is the country of the smelter"),
        N_("The origin %(country)s is also the country of the smelter."),
        N_("Often the place of the smelter is entered where the place of the mine is asked."),
        N_("Check that the metal was mined there; nothing to do if it was."),
    ),
    Check(
        "smelter_in_covered_country",
        "plausibility",
        "warning",
        N_("Covered countries excluded, yet a smelter is there"),
        N_(
            'For %(mineral)s, question %(question)s says "No", yet %(name)s in %(other_cell)s '
            "is in %(country)s."
        ),
        N_("A smelter in a covered country usually takes its ore from there."),
        N_(
            'Correct question %(question)s to "Yes" if so; such an answer is never held '
            "against you."
        ),
    ),
)
