"""Where a company stands, told to its own people in plain words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from suppliers.enums import SupplierStatus
from suppliers.models import Supplier
from suppliers.selectors.day_words import day_words

WORDS: dict[str, str | Promise] = {
    SupplierStatus.REGISTERED: gettext_lazy(
        "Your company is registered. The next step is to sign our documents; we ask you when it "
        "begins."
    ),
    SupplierStatus.SIGNING: gettext_lazy(
        "Your company is at the first step: signing our documents. After that we look at your "
        "company more closely."
    ),
    SupplierStatus.CERTIFICATION: gettext_lazy(
        "Your documents are signed. We are looking at your company now: the self-assessment, the "
        "minerals report where it applies, and an audit."
    ),
    SupplierStatus.APPROVAL: gettext_lazy(
        "Everything is checked. We are deciding whether your company becomes our supplier."
    ),
    SupplierStatus.QUALIFIED: gettext_lazy("Your company is our approved supplier."),
    SupplierStatus.LIMITED: gettext_lazy(
        "Your company is our approved supplier, but the cooperation is limited for now. Your "
        "contact with us tells you what has to be done before that ends."
    ),
    SupplierStatus.DISQUALIFIED: gettext_lazy(
        "We have ended the cooperation with your company, so nothing is asked of you any more. "
        "Your contact with us explains the reasons and what a new start would need."
    ),
    SupplierStatus.NOT_INTRODUCED: gettext_lazy(
        "We have decided not to take your company on as a supplier, so nothing is asked of you "
        "any more. Your contact with us explains the reasons."
    ),
    SupplierStatus.PHASED_OUT: gettext_lazy(
        "The cooperation with your company has ended, so nothing is asked of you any more."
    ),
}


def own_standing(supplier: Supplier) -> str:
    end = supplier.phase_out_on
    if supplier.status == SupplierStatus.PHASED_OUT and end is not None and end > clock.today():
        return _(
            "The cooperation with your company ends on %(day)s, so nothing new is asked of you."
        ) % {"day": day_words(end)}
    return str(WORDS[supplier.status])
