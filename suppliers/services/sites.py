"""The only writer of a supplier's sites, besides the import."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import DomainError, NotFound
from core.services.activity import changes_between, record_activity
from suppliers import policies
from suppliers.models import Site, Supplier
from suppliers.rules.problems import Problem
from suppliers.rules.related_data import SiteInput, check_site
from suppliers.selectors.import_records import SITE_FIELDS
from suppliers.selectors.known_values import known_countries
from suppliers.selectors.suppliers import supplier_for
from suppliers.services.problems import refuse
from suppliers.services.suppliers import require_alive

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def save_site(actor: User, supplier_id: int, data: SiteInput, site_id: int | None = None) -> Site:
    """Add a site, or change the one named.

    Errors: may_not_manage_suppliers, supplier_not_found, site_not_found, and ``InvalidRecord``.
    """
    policies.require_manage_suppliers(actor)
    supplier = supplier_for(actor, supplier_id, locked=True)
    require_alive(supplier)
    site = _site_of(supplier, site_id) if site_id else Site(supplier=supplier)
    current = SiteInput(**_record_of(site)) if site.pk else None
    clean, problems = check_site(data, known_countries(), clock.today(), current)
    others = supplier.sites.filter(code__iexact=clean.code).exclude(pk=site.pk or 0)
    if clean.code and others.exists():
        problems.append(Problem("site_code_taken", "code", {"code": clean.code}))
    refuse(problems)
    before = _values(site) if site.pk else {}
    for name in SITE_FIELDS:
        setattr(site, name, getattr(clean, name))
    site.save()
    _record(actor, supplier, site, before)
    return site


@transaction.atomic
def remove_site(actor: User, supplier_id: int, site_id: int) -> None:
    """Remove a site entered by mistake; one with qualifications is closed instead.

    Errors: may_not_manage_suppliers, supplier_not_found, site_not_found, site_in_use.
    """
    policies.require_manage_suppliers(actor)
    supplier = supplier_for(actor, supplier_id, locked=True)
    site = _site_of(supplier, site_id)
    record_activity(actor, "supplier.site_removed", supplier, name=str(site))
    try:
        site.delete()
    except ProtectedError:
        raise DomainError(
            "site_in_use",
            N_("%(name)s has qualifications. Mark it as no longer in use instead."),
            {"name": str(site)},
        ) from None


def _site_of(supplier: Supplier, site_id: int) -> Site:
    site = supplier.sites.filter(pk=site_id).first()
    if site is None:
        raise NotFound("site_not_found", N_("The supplier has no such site."))
    return site


def _record_of(site: Site) -> dict[str, Any]:
    values = {name: getattr(site, name) for name in SITE_FIELDS}
    return {**values, "country": str(site.country or "")}


def _values(site: Site) -> dict[str, Any]:
    """As the trail keeps them."""
    closed_on = site.closed_on.isoformat() if site.closed_on else ""
    return {**_record_of(site), "closed_on": closed_on}


def _record(actor: User, supplier: Supplier, site: Site, before: dict[str, Any]) -> None:
    if not before:
        record_activity(actor, "supplier.site_added", supplier, name=str(site), site=site.pk)
        return
    changes = changes_between(before, _values(site))
    if changes:
        record_activity(actor, "supplier.site_changed", supplier, name=str(site), changes=changes)
