"""Saying whether the smelter of a row is in what we buy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import InvalidInput
from core.services.activity import record_activity
from minerals.enums import ProductLink
from minerals.models import SmelterLine
from minerals.policies import review as policies
from minerals.selectors.decisions import smelter_row
from minerals.services.rating import rate_later

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def set_product_link(actor: User, line_id: int, link: str) -> SmelterLine:
    """``link``: confirmed, excluded, or empty to take back what was said.

    Errors: may_not_link_products, smelter_row_not_found, unknown_link.
    """
    policies.require_link_products(actor)
    if link and link not in ProductLink.values:
        raise InvalidInput(
            "unknown_link", N_("Say whether the smelter is in our products."), field="link"
        )
    smelter_row(actor, line_id)
    locked = SmelterLine.objects.select_for_update(of=("self",)).select_related("declaration")
    line = locked.get(pk=line_id)
    if line.link == link:
        return line
    before = line.link
    line.link = link
    line.link_by = actor if link else None
    line.link_at = clock.now() if link else None
    line.save(update_fields=["link", "link_by", "link_at"])
    record_activity(
        actor,
        f"line.{link or 'unsaid'}",
        line.declaration,
        row=line.row,
        name=line.shown_name,
        before=before,
    )
    rate_later(line.declaration.supplier_id)
    return line
