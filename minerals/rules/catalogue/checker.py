"""The open items of the official Checker: one entry per code a layout can give a Checker row.

``mineral`` and ``question`` are filled where the row is about one.
"""

from __future__ import annotations

from minerals.rules.checks import Check
from minerals.rules.marks import N_


def _item(code: str, title: str, message: str, why: str, remedy: str) -> Check:
    return Check(code, "checker", "error", title, message, why, remedy)


_OFFICIAL = N_("The form counts as incomplete as long as this is missing.")
_PICK = N_("Choose an answer from the list in this cell.")
_POLICY_PICK = N_("Choose an answer from the list in this cell. It is about the whole company.")

_COMPANY = (
    _item(
        "company_name_missing",
        N_("Company name"),
        N_("The company name is missing."),
        N_("Without it nobody can tell whose declaration this is."),
        N_("Enter the legal name of your company."),
    ),
    _item(
        "scope_missing",
        N_("Declaration scope"),
        N_("The scope of the declaration is missing."),
        N_("The scope says whether the answers hold for the company or for some products only."),
        N_("Choose A for the whole company, B for listed products or C for a scope of your own."),
    ),
    _item(
        "scope_description_missing",
        N_("Description of the scope"),
        N_("The chosen scope needs a description, but there is none."),
        N_("A scope of your own means nothing to a reader until it is described."),
        N_("Describe which part of your business or which products the answers cover."),
    ),
    _item(
        "contact_name_missing",
        N_("Contact name"),
        N_("The name of the contact is missing."),
        N_("Questions about the declaration need a person who answers them."),
        N_("Enter the name of the person we can ask."),
    ),
    _item(
        "contact_email_missing",
        N_("Contact e-mail"),
        N_("The e-mail of the contact is missing or has no @."),
        N_("The official check accepts only a text with an @ in it."),
        N_("Enter an e-mail address that reaches the contact."),
    ),
    _item(
        "contact_phone_missing",
        N_("Contact phone"),
        N_("The phone number of the contact is missing."),
        _OFFICIAL,
        N_("Enter a phone number with its country code."),
    ),
    _item(
        "authorizer_name_missing",
        N_("Authorizer"),
        N_("The name of the authorizer is missing."),
        N_("The authorizer stands for the content of the declaration."),
        N_("Enter the name of the person who answers for this declaration in your company."),
    ),
    _item(
        "authorizer_email_missing",
        N_("Authorizer e-mail"),
        N_("The e-mail of the authorizer is missing or has no @."),
        N_("The official check accepts only a text with an @ in it."),
        N_("Enter an e-mail address that reaches the authorizer."),
    ),
    _item(
        "authorizer_phone_missing",
        N_("Authorizer phone"),
        N_("The phone number of the authorizer is missing."),
        _OFFICIAL,
        N_("Enter a phone number with its country code."),
    ),
    _item(
        "effective_date_missing",
        N_("Effective date"),
        N_("The effective date is missing."),
        N_("The date tells how current the answers are."),
        N_("Enter the day on which the declaration was completed, as a date."),
    ),
)

_MINERALS = (
    _item(
        "minerals_missing",
        N_("Minerals in scope"),
        N_("No mineral is selected."),
        N_("All questions are asked per selected mineral; without one nothing is declared."),
        N_("Select at least one mineral in the cells for the minerals in scope."),
    ),
    _item(
        "other_minerals_missing",
        N_("Other minerals"),
        N_("The number of minerals marked as other differs from the number of names given."),
        N_("A mineral marked as other is not declared until it has a name."),
        N_("Write one name below each mineral that is marked as other, and no further ones."),
    ),
)

_ANSWERS = (
    _item(
        "use_answer_missing",
        N_("Intentional use"),
        N_("%(question)s has no answer for %(mineral)s: is it added or used intentionally?"),
        N_("Every other question about the mineral depends on this one."),
        _PICK,
    ),
    _item(
        "in_product_answer_missing",
        N_("Remains in the product"),
        N_("%(question)s has no valid answer for %(mineral)s: does it remain in the product?"),
        N_("It decides whether the further questions about the mineral have to be answered."),
        N_("Answer the question on intentional use first, then choose an answer here."),
    ),
    _item(
        "covered_countries_answer_missing",
        N_("Covered countries"),
        N_("%(question)s has no valid answer for %(mineral)s: covered countries."),
        N_("Buyers must say where minerals come from. Yes is an honest answer here, not a fault."),
        N_("Choose an answer; with an earlier question left open this one counts as open too."),
    ),
    _item(
        "cahra_answer_missing",
        N_("Conflict-affected and high-risk areas"),
        N_("%(question)s has no valid answer for %(mineral)s: high-risk areas."),
        N_("The origin decides which checks are due. Yes is an honest answer here, not a fault."),
        N_("Choose an answer; with an earlier question left open this one counts as open too."),
    ),
    _item(
        "recycled_answer_missing",
        N_("Recycled or scrap only"),
        N_("%(question)s has no valid answer for %(mineral)s: recycled or scrap sources only?"),
        N_("Recycled material needs other evidence than mined material."),
        N_("Choose an answer; with an earlier question left open this one counts as open too."),
    ),
    _item(
        "supplier_response_answer_missing",
        N_("Share of suppliers that answered"),
        N_("%(question)s has no valid answer for %(mineral)s: share of suppliers that answered."),
        N_("The share shows how complete the picture of your own supply chain is."),
        N_("Choose the share from the list in this cell."),
    ),
    _item(
        "smelters_identified_answer_missing",
        N_("All smelters identified"),
        N_("%(question)s has no valid answer for %(mineral)s: are all smelters identified?"),
        N_("It tells whether the smelter list can be taken as complete."),
        N_("Choose an answer; with an earlier question left open this one counts as open too."),
    ),
    _item(
        "smelters_reported_answer_missing",
        N_("All smelter information reported"),
        N_("%(question)s has no valid answer for %(mineral)s: is everything received reported?"),
        N_("It tells whether you hold back information about smelters."),
        N_("Choose an answer; with an earlier question left open this one counts as open too."),
    ),
)

_POLICIES = (
    _item(
        "policy_answer_missing",
        N_("Sourcing policy"),
        N_("Question %(question)s has no answer: is there a responsible sourcing policy?"),
        N_("A policy is the first step of every due diligence."),
        _POLICY_PICK,
    ),
    _item(
        "policy_public_answer_missing",
        N_("Public policy"),
        N_("Question %(question)s has no answer: can the public read the sourcing policy?"),
        N_("Customers and authorities expect to find the policy themselves."),
        _POLICY_PICK,
    ),
    _item(
        "policy_url_missing",
        N_("Address of the policy"),
        N_("Question %(question)s says Yes, but its comment holds no web address."),
        N_("A public policy can be checked only with its address."),
        N_("Enter the full web address of the policy in the comment cell."),
    ),
    _item(
        "policy_risks_answer_missing",
        N_("Risks the policy covers"),
        N_("Question %(question)s has no answer: does the policy cover all the named risks?"),
        N_("A policy helps only against the risks it names."),
        _POLICY_PICK,
    ),
    _item(
        "validated_smelters_answer_missing",
        N_("Validated smelters"),
        N_("Question %(question)s has no answer: must suppliers use validated smelters?"),
        N_("Independent audits of smelters are the core of the common due diligence."),
        _PICK,
    ),
    _item(
        "due_diligence_answer_missing",
        N_("Due diligence measures"),
        N_("Question %(question)s has no answer: are due diligence measures in place?"),
        N_("Due diligence is what laws and customers ask for in the end."),
        _POLICY_PICK,
    ),
    _item(
        "supplier_due_diligence_answer_missing",
        N_("Due diligence of suppliers"),
        N_("Question %(question)s has no answer: must suppliers carry out due diligence?"),
        N_("Your own suppliers decide what reaches your products."),
        _POLICY_PICK,
    ),
    _item(
        "supplier_risks_answer_missing",
        N_("Risks suppliers must cover"),
        N_("Question %(question)s has no answer: must suppliers cover all the named risks?"),
        N_("Due diligence helps only against the risks it looks at."),
        _POLICY_PICK,
    ),
    _item(
        "supplier_survey_answer_missing",
        N_("Survey of suppliers"),
        N_("Question %(question)s has no complete answer: do you survey your suppliers?"),
        N_("Without a survey the origin of the minerals is a guess."),
        N_("Choose an answer; where you use another format, describe it in the comment."),
    ),
    _item(
        "supplier_review_answer_missing",
        N_("Review of supplier answers"),
        N_("Question %(question)s has no answer: do you review what suppliers tell you?"),
        N_("Answers that nobody compares with expectations prove little."),
        _POLICY_PICK,
    ),
    _item(
        "corrective_action_answer_missing",
        N_("Corrective action"),
        N_("Question %(question)s has no answer: does your review include corrective action?"),
        N_("A review that leads to nothing reduces no risk."),
        _POLICY_PICK,
    ),
    _item(
        "legal_disclosure_answer_missing",
        N_("Legal disclosure"),
        N_("Question %(question)s has no answer: must your company disclose every year?"),
        N_("A legal duty to disclose makes your own data better founded."),
        _POLICY_PICK,
    ),
)

_LISTS = (
    _item(
        "product_list_missing",
        N_("Product list"),
        N_("The scope is a list of products, but the first row of the product list is empty."),
        N_("The answers hold for listed products only; the official check reads the first row."),
        N_("Enter the products from the first row of the product list on, without a gap."),
    ),
    _item(
        "smelter_list_missing",
        N_("Smelters of a declared mineral"),
        N_("No smelter is listed for %(mineral)s."),
        N_("The smelters are what due diligence on a declared mineral looks at."),
        N_("List the smelters, or state in the list that they are not yet identified."),
    ),
    _item(
        "not_listed_details_missing",
        N_("Details of smelters that are not listed"),
        N_("A smelter marked as not listed lacks its name or its country."),
        N_("Without name and country the smelter cannot be identified."),
        N_("Enter name and country in every row that is marked as not listed."),
    ),
)

_FORM = (
    _item(
        "hidden_answer_missing",
        N_("Hidden row of the form"),
        N_("A hidden row of the form has lost the answer it came with."),
        N_("The official check counts the hidden row although nobody can see it."),
        N_("Copy your answers into a fresh copy of the form."),
    ),
    _item(
        "leftover_row",
        N_("Broken row of the form"),
        N_("A row of the official check is broken in this version of the form."),
        N_("It shows an error in every file and is not part of the total."),
        N_("Nothing has to be done."),
    ),
)

CHECKS: tuple[Check, ...] = (*_COMPANY, *_MINERALS, *_ANSWERS, *_POLICIES, *_LISTS, *_FORM)
