"""What entries of the activity trail are called, one file a subject."""

from django.utils.functional import Promise

from suppliers.web.words import (
    approvals,
    assessments,
    commitments,
    imports,
    lifecycle,
    master,
    minerals_risk,
    mitigation,
    ratings,
    smelter_tasks,
    surveys,
    work,
)

WORDS: dict[str, str | Promise] = {
    **master.WORDS,
    **approvals.WORDS,
    **assessments.WORDS,
    **commitments.WORDS,
    **imports.WORDS,
    **lifecycle.WORDS,
    **mitigation.WORDS,
    **minerals_risk.WORDS,
    **ratings.WORDS,
    **smelter_tasks.WORDS,
    **surveys.WORDS,
    **work.WORDS,
}
