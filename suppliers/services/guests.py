"""People of suppliers who have no account but can be asked all the same, by a personal link."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.module_loading import import_string

from suppliers.models import Supplier


class Guests:
    """What ``settings.SUPPLIER_GUESTS`` names; this one reaches nobody."""

    def reaches(self, supplier: Supplier) -> bool:
        return False

    def ask(self, supplier: Supplier, about: models.Model, once: str) -> None:
        """Write to them that ``about`` waits for an answer; ``once`` makes it unrepeatable."""


def guests() -> Guests:
    found: type[Guests] = import_string(settings.SUPPLIER_GUESTS)
    return found()
