"""``manage.py load_demo``: invented people, suppliers and declarations, in demo mode only."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from portal.demo.companies import load_companies
from portal.demo.files import load_declarations
from portal.demo.lists import load_lists
from portal.demo.lives import load_lives
from portal.demo.people import REVIEWER, load_people_and_suppliers
from portal.demo.plausibility import load_plausibility
from portal.demo.reviews import load_reviews
from portal.demo.showcase import load_showcase
from portal.demo.smelters import load_smelter_tasks
from portal.demo.surveys import load_surveys


class Command(BaseCommand):
    help = "Loads the demo data (invented companies and people); does nothing the second time."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_MODE:
            raise CommandError("Demo data is loaded in demo mode only: set DEMO_MODE=1.")
        load_people_and_suppliers()
        load_companies()
        load_declarations()
        load_lists()
        if load_lives():
            load_showcase()
        load_reviews(User.objects.get(email=REVIEWER))
        load_smelter_tasks()
        load_plausibility()
        load_surveys()
