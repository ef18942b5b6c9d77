"""Creates the group of every role."""

from django.db import migrations

ROLES = [
    "procurement",
    "csr_specialist",
    "auditor",
    "esg_reporter",
    "administrator",
    "supplier_contact",
]


def create_roles(apps, schema_editor):
    group = apps.get_model("auth", "Group")
    for name in ROLES:
        group.objects.get_or_create(name=name)


def remove_roles(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(create_roles, remove_roles)]
