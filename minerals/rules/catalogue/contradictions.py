"""Answers that cannot both be true. The findings name both cells."""

from __future__ import annotations

from minerals.rules.checks import Check
from minerals.rules.marks import N_

CONTRADICTION_CHECKS = (
    Check(
        "origin_no_with_gaps",
        "contradictions",
        "warning",
        N_("Origin excluded although sources are unknown"),
        N_(
            'For %(mineral)s, question %(question)s says "No", yet question %(other_question)s '
            'says "%(other_value)s".'
        ),
        N_("An origin can only be excluded when all suppliers and smelters are known."),
        N_(
            'Answer "Unknown" in question %(question)s until all sources are known; '
            "that is a good answer."
        ),
    ),
    Check(
        "all_identified_with_gaps",
        "contradictions",
        "warning",
        N_("All smelters known although suppliers are missing"),
        N_(
            "For %(mineral)s, question %(question)s says that all smelters are identified, "
            'yet question %(other_question)s says "%(other_value)s".'
        ),
        N_("Suppliers that have not answered may use smelters you do not know."),
        N_('Answer "No" in question %(question)s, or correct the share of answers.'),
    ),
    Check(
        "share_none_with_smelters",
        "contradictions",
        "warning",
        N_("Smelters named although no supplier answered"),
        N_(
            'For %(mineral)s, question %(question)s says "%(value)s", yet smelters are listed '
            "from %(other_cell)s on."
        ),
        N_("It is not clear where the smelters come from."),
        N_("Correct the share of answers, or say in the comment how the smelters became known."),
    ),
    Check(
        "recycled_with_mined_origin",
        "contradictions",
        "warning",
        N_("All recycled, yet an origin is given"),
        N_(
            "For %(mineral)s, question %(question)s says that all of it is recycled, yet question "
            '%(other_question)s says "%(other_value)s".'
        ),
        N_("Recycled material has no mine origin; one of the answers is meant differently."),
        N_(
            "Correct question %(question)s if part of the material comes from mines; "
            "the origin itself is no problem."
        ),
    ),
    Check(
        "recycled_with_mined_rows",
        "contradictions",
        "warning",
        N_("All recycled, yet smelters name mines"),
        N_(
            "For %(mineral)s, question %(question)s says that all of it is recycled, yet %(count)s "
            "smelter rows say otherwise, first in %(other_cell)s."
        ),
        N_("Recycled material has no mine; one of the two is meant differently."),
        N_("Correct question %(question)s, or the mine and recycled columns of these rows."),
    ),
    Check(
        "all_identified_with_unidentified_rows",
        "contradictions",
        "warning",
        N_("All smelters known, yet some are not identified"),
        N_(
            "For %(mineral)s, question %(question)s says that all smelters are identified, yet "
            '%(count)s rows say "not yet identified", first in %(other_cell)s.'
        ),
        N_("Both cannot be true."),
        N_('Answer "No" in question %(question)s, or name these smelters.'),
    ),
    Check(
        "declared_mineral_without_smelter",
        "contradictions",
        "error",
        N_("Mineral used, but no smelter listed"),
        N_("%(mineral)s is declared as used, yet the smelter list has no row for it."),
        N_(
            "The smelter is what can be assessed; the official check of this template overlooks it."
        ),
        N_("Add the smelters of %(mineral)s, or one row saying that they are not yet identified."),
    ),
    Check(
        "smelter_of_undeclared_mineral",
        "contradictions",
        "error",
        N_("Smelter listed for a mineral that is not used"),
        N_(
            '%(mineral)s is "%(value)s" in question %(question)s, yet %(count)s of its smelters '
            "are listed, first in %(other_cell)s."
        ),
        N_("Either the mineral is used, or the rows belong to something else."),
        N_("Correct question %(question)s, or remove the smelter rows of %(mineral)s."),
    ),
    Check(
        "smelter_of_undecided_mineral",
        "contradictions",
        "warning",
        N_("Smelter listed for a mineral without a clear answer"),
        N_(
            '%(mineral)s is "%(value)s" in question %(question)s, yet %(count)s of its smelters '
            "are listed, first in %(other_cell)s."
        ),
        N_("When smelters are known, the mineral is probably used."),
        N_('Answer "Yes" or "No" in question %(question)s.'),
    ),
    Check(
        "smelter_metal_not_in_scope",
        "contradictions",
        "error",
        N_("Smelter of a mineral outside the declaration"),
        N_('The row names the metal "%(metal)s", which this declaration does not cover.'),
        N_("No question was answered for this metal, so the row proves nothing."),
        N_("Choose the metal from the list of the cell, add it to the scope, or remove the row."),
    ),
    Check(
        "covered_yes_cahra_no",
        "contradictions",
        "info",
        N_("Covered country, but no conflict-affected area"),
        N_(
            'For %(mineral)s, question %(question)s says "Yes" and question %(other_question)s '
            'says "No".'
        ),
        N_(
            "This can be right: several covered countries are not on the usual lists of "
            "conflict-affected and high-risk areas."
        ),
        N_("Nothing to correct if both were meant; the country in the comment helps readers."),
    ),
    Check(
        "origin_all_unknown",
        "contradictions",
        "info",
        N_("Origin not known"),
        N_('For %(mineral)s, all questions of origin (%(questions)s) say "Unknown".'),
        N_("This is an honest answer and better than a guess."),
        N_("Tell us by when you expect to know more."),
    ),
    Check(
        "covered_no_with_covered_mine",
        "contradictions",
        "warning",
        N_("Covered countries excluded, yet one is named"),
        N_(
            'For %(mineral)s, question %(question)s says "No", yet %(other_cell)s names '
            "%(country)s as the origin."
        ),
        N_("%(country)s is one of the covered countries."),
        N_(
            'Correct question %(question)s to "Yes" if the origin is right; '
            "such an answer is never held against you."
        ),
    ),
    Check(
        "cahra_no_with_listed_mine",
        "contradictions",
        "warning",
        N_("High-risk areas excluded, yet one is named"),
        N_(
            'For %(mineral)s, question %(question)s says "No", yet %(other_cell)s names '
            "%(country)s as the origin."
        ),
        N_("%(country)s is on the list of conflict-affected and high-risk areas used here."),
        N_(
            'Correct question %(question)s to "Yes" if the origin is right; '
            "such an answer is never held against you."
        ),
    ),
    Check(
        "policy_public_without_policy",
        "contradictions",
        "warning",
        N_("Public policy, yet no policy"),
        N_(
            "Question %(other_question)s says that there is no policy, yet question %(question)s "
            "says that it is public."
        ),
        N_("Both cannot be true."),
        N_("Correct one of the two answers."),
    ),
    Check(
        "survey_no_with_share",
        "contradictions",
        "warning",
        N_("No survey, yet suppliers answered"),
        N_(
            "Question %(question)s says that suppliers are not surveyed, yet question "
            '%(other_question)s says "%(other_value)s".'
        ),
        N_("It is not clear how the suppliers were asked."),
        N_("Correct one of the two answers."),
    ),
)
