"""Data: contacts take name, address and language of their accounts; suppliers begin their life."""

from django.db import migrations
from django.db.models import F

AT_ONCE = 1000


def fill_contacts(apps, schema_editor):
    contacts = apps.get_model("suppliers", "SupplierContact")
    for contact in contacts.objects.select_related("user").exclude(user=None).iterator(AT_ONCE):
        contact.name = contact.user.name
        contact.email = contact.user.email
        contact.language = contact.user.language
        contact.save(update_fields=["name", "email", "language"])


def begin_lives(apps, schema_editor):
    suppliers = apps.get_model("suppliers", "Supplier")
    changes = apps.get_model("suppliers", "StatusChange")
    suppliers.objects.filter(status_since=None).update(
        status_since=F("created_at"), core_key=F("name_key")
    )
    begun = changes.objects.values("supplier_id")
    rows = [
        changes(supplier_id=pk, action="register", to_status="registered", at=at)
        for pk, at in suppliers.objects.exclude(pk__in=begun).values_list("pk", "created_at")
    ]
    changes.objects.bulk_create(rows, batch_size=AT_ONCE)


class Migration(migrations.Migration):
    dependencies = [("suppliers", "0002_lifecycle")]

    operations = [
        migrations.RunPython(fill_contacts, migrations.RunPython.noop),
        migrations.RunPython(begin_lives, migrations.RunPython.noop),
    ]
