"""Checks of single answers. None of them weighs a "Yes" to questions of origin."""

from __future__ import annotations

from minerals.rules.checks import Check
from minerals.rules.marks import N_

ANSWER_CHECKS = (
    Check(
        "answer_not_in_list",
        "answers",
        "error",
        N_("Answer is not one of the choices"),
        N_('Question %(question)s (%(mineral)s) has the answer "%(value)s", which is not offered.'),
        N_("Other words cannot be counted or compared."),
        N_("Choose one of: %(allowed)s."),
    ),
    Check(
        "answer_in_other_words",
        "answers",
        "warning",
        N_("Answer is in other words"),
        N_(
            'Question %(question)s (%(mineral)s) has the answer "%(value)s", read as "%(meaning)s".'
        ),
        N_("The template offers its answers in English only, in every language it is shown in."),
        N_('Choose "%(meaning)s" from the list of the cell.'),
    ),
    Check(
        "answer_with_blanks",
        "answers",
        "warning",
        N_("Answer has blanks around it"),
        N_('Question %(question)s (%(mineral)s) has the answer "%(value)s" with blanks around it.'),
        N_("The official check does not recognise the answer because of the blanks."),
        N_("Choose the answer again from the list of the cell."),
    ),
    Check(
        "answer_only_blanks",
        "answers",
        "warning",
        N_("Answer holds only blanks"),
        N_("Question %(question)s (%(mineral)s) looks answered but holds only blanks."),
        N_("The official check takes a blank for an answer; people find nothing there."),
        N_("Choose an answer from the list of the cell."),
    ),
    Check(
        "answers_for_undeclared_mineral",
        "answers",
        "warning",
        N_("Answers for a mineral that is not used"),
        N_(
            '%(mineral)s is "%(value)s" in question %(question)s, yet later questions '
            "are answered (%(answered)s)."
        ),
        N_("Either the mineral is used after all, or these answers are left over."),
        N_("Clear the later answers, or correct question %(question)s if the mineral is used."),
    ),
    Check(
        "supplier_share_low",
        "answers",
        "warning",
        N_("Few suppliers have answered"),
        N_('For %(mineral)s, question %(question)s says "%(value)s".'),
        N_("When few suppliers have answered, the smelter list cannot be complete."),
        N_("Ask the remaining suppliers and send an update, or tell us by when you will."),
    ),
    Check(
        "smelters_not_all_identified",
        "answers",
        "info",
        N_("Not all smelters are known yet"),
        N_("For %(mineral)s, question %(question)s says that not all smelters are identified."),
        N_("This is an honest answer; the list will grow."),
        N_("Tell us by when the missing smelters will be known."),
    ),
    Check(
        "smelters_not_all_reported",
        "answers",
        "warning",
        N_("Known smelters are left out"),
        N_("For %(mineral)s, question %(question)s says that not all known smelters are reported."),
        N_("Smelters that are known but not listed cannot be assessed."),
        N_("Add all smelters you know of and answer Yes, or explain in the comment."),
    ),
    Check(
        "policy_missing",
        "answers",
        "warning",
        N_("No sourcing policy"),
        N_("Question %(question)s says that there is no responsible sourcing policy."),
        N_("A policy is the first step of due diligence that customers ask for."),
        N_("Adopt a policy, or tell us by when you will; we can send an example."),
    ),
    Check(
        "validated_smelters_not_required",
        "answers",
        "warning",
        N_("Validated smelters are not required"),
        N_(
            "Question %(question)s (%(mineral)s) says that suppliers need not use validated "
            "smelters."
        ),
        N_("Smelters whose due diligence was assessed are the best evidence of care."),
        N_("Ask your suppliers for smelters with an independent assessment."),
    ),
    Check(
        "due_diligence_missing",
        "answers",
        "warning",
        N_("No due diligence measures"),
        N_("Question %(question)s says that no due diligence measures are in place."),
        N_("Without measures the other answers cannot be relied upon."),
        N_("Set up measures, or tell us by when you will."),
    ),
    Check(
        "reviews_missing",
        "answers",
        "warning",
        N_("Supplier information is not reviewed"),
        N_("Question %(question)s says that supplier information is not reviewed."),
        N_("Information that nobody reviews may contain errors nobody sees."),
        N_("Review what your suppliers send, or tell us by when you will."),
    ),
    Check(
        "corrective_action_missing",
        "answers",
        "warning",
        N_("No corrective action"),
        N_("Question %(question)s says that the review has no corrective action."),
        N_("Risks that are found need somebody who follows them up."),
        N_("Define how risks are followed up, or tell us by when you will."),
    ),
    Check(
        "policy_url_invalid",
        "answers",
        "warning",
        N_("Policy address is not a web address"),
        N_('The policy is said to be public, but "%(value)s" is not a web address.'),
        N_("The official check accepts any text of two characters; we would like to read it."),
        N_("Enter the address of the page, starting with https://, in the comment cell."),
    ),
    Check(
        "survey_format_not_described",
        "answers",
        "warning",
        N_("Other survey format is not described"),
        N_("Question %(question)s names another survey format without describing it."),
        N_("We need to know what was asked to rely on the answers."),
        N_("Describe the format in the comment cell of the question."),
    ),
    Check(
        "legal_disclosure_stated",
        "answers",
        "info",
        N_("The supplier files its own disclosure"),
        N_('Question %(question)s says "%(value)s".'),
        N_("A published disclosure of the supplier can support its declaration."),
        N_("Nothing to correct; a link to the disclosure in the comment is welcome."),
    ),
)
