"""Data: the first content of the country lists, and the first risk policy."""

import datetime as dt

from django.db import migrations

from minerals.migrations import _country_lists as lists
from minerals.migrations._risk_policy_1 import NUMBERS

PUBLISHED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
ROWS = (
    ("covered", lists.COVERED, lists.COVERED_FROM, lists.COVERED_SOURCE),
    ("cahra", lists.CAHRA, lists.CAHRA_FROM, lists.CAHRA_SOURCE),
    ("transit", lists.TRANSIT, lists.TRANSIT_FROM, lists.TRANSIT_SOURCE),
)


def fill(apps, schema_editor):
    listing = apps.get_model("minerals", "CountryListing")
    for kind, codes, start, source in ROWS:
        if listing.objects.filter(kind=kind).exists():
            continue
        listing.objects.bulk_create(
            listing(kind=kind, country_code=code, valid_from=start, source=source)
            for code in codes.split()
        )
    policies = apps.get_model("minerals", "RiskPolicyVersion")
    if not policies.objects.exists():
        policies.objects.create(
            number=1, state="published", numbers=NUMBERS, published_at=PUBLISHED
        )


def empty(apps, schema_editor):
    """A policy that ratings stand on stays: filling again leaves it as it is."""
    apps.get_model("minerals", "CountryListing").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("minerals", "0002_smelters")]
    operations = [migrations.RunPython(fill, empty)]
