"""The roles of the system. Each is a Django group of the same name."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    PROCUREMENT = "procurement", _("Procurement")
    CSR_SPECIALIST = "csr_specialist", _("CSR specialist")
    AUDITOR = "auditor", _("Auditor")
    ESG_REPORTER = "esg_reporter", _("ESG reporter")
    ADMINISTRATOR = "administrator", _("Administrator")
    SUPPLIER_CONTACT = "supplier_contact", _("Supplier contact")


STAFF_ROLES = frozenset(Role) - {Role.SUPPLIER_CONTACT}
