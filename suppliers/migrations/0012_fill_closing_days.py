"""Data: sites closed before the day of closing was kept take it from the trail, if it is there."""

from django.db import migrations
from django.utils import timezone


def fill_closing_days(apps, schema_editor):
    sites = apps.get_model("suppliers", "Site")
    entries = apps.get_model("core", "ActivityEntry")
    for site in sites.objects.filter(is_active=False, closed_on=None).iterator(1000):
        about = entries.objects.filter(
            verb="supplier.site_changed",
            subject_type="suppliers.supplier",
            subject_id=str(site.supplier_id),
        ).order_by("-at", "-pk")
        closing = (entry.at for entry in about.iterator(1000) if _closes(entry.data, site.code))
        at = next(closing, None)
        if at is not None:
            sites.objects.filter(pk=site.pk).update(closed_on=timezone.localdate(at))


def _closes(data, code):
    """Entries name a site by code and name; one whose code was changed later is not found."""
    changes = data.get("changes") or {}
    named = str(data.get("name", "")).startswith(f"{code} · ")
    return named and changes.get("is_active") == [True, False]


class Migration(migrations.Migration):
    dependencies = [("suppliers", "0011_closing_day_of_sites"), ("core", "0002_notification")]

    operations = [migrations.RunPython(fill_closing_days, migrations.RunPython.noop)]
