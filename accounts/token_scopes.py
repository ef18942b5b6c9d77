"""What an API token can be limited to. Codes are stored and never renamed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """``read`` opens every reading request; each of the others writes in one area."""

    READ = "read", _("Read everything the person may read")
    SUPPLIERS = "suppliers:write", _("Create and change suppliers, contacts and sites")
    SPEND = "spend:write", _("Write spend per year")
    DECLARATIONS = "declarations:write", _("Hand in declarations and decide about them")
    SMELTERS = "smelters:write", _("Smelter lists and what their words mean")
    SURVEYS = "surveys:write", _("Run surveys and follow up on their answers")
    LIFECYCLE = "lifecycle:write", _("Status, qualification, restrictions and their facts")
    DOCUMENTS = "documents:write", _("Documents and signatures")
    ASSESSMENTS = "assessments:write", _("Self-assessments and ratings")
    SETTINGS = "settings:write", _("Risk tables, and which suppliers buyers see")
    PERSONAL = "personal:write", _("The person's own notifications and saved views")
