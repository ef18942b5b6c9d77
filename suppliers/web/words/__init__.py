"""What entries of the activity trail are called, one file a subject."""

from django.utils.functional import Promise

from suppliers.web.words import (
    approvals,
    assessments,
    commitments,
    imports,
    lifecycle,
    master,
    ratings,
    work,
)

WORDS: dict[str, str | Promise] = {
    **master.WORDS,
    **approvals.WORDS,
    **assessments.WORDS,
    **commitments.WORDS,
    **imports.WORDS,
    **lifecycle.WORDS,
    **ratings.WORDS,
    **work.WORDS,
}
