"""Data: notifications say which supplier they are about."""

from django.db import migrations

AT_ONCE = 500
# Where the subject is not the supplier itself, it belongs to one.
BELONGING = ("Approval", "Assessment", "Signature")


def fill_about(apps, schema_editor):
    notifications = apps.get_model("core", "Notification").objects.filter(about_key=None)
    _fill(notifications, "suppliers.supplier", lambda keys: {key: key for key in keys})
    for name in BELONGING:
        model = apps.get_model("suppliers", name)

        def owners(keys, model=model):
            return dict(model.objects.filter(pk__in=keys).values_list("pk", "supplier_id"))

        _fill(notifications, f"suppliers.{name.lower()}", owners)


def _fill(notifications, subject_type, owners):
    subjects = notifications.filter(subject_type=subject_type).order_by()
    keys = sorted({int(key) for key in subjects.values_list("subject_id", flat=True)})
    for start in range(0, len(keys), AT_ONCE):
        for key, supplier in owners(keys[start : start + AT_ONCE]).items():
            subjects.filter(subject_id=str(key)).update(about_key=supplier)


class Migration(migrations.Migration):
    dependencies = [("suppliers", "0013_import_expiry"), ("core", "0003_notification_about")]

    operations = [migrations.RunPython(fill_about, migrations.RunPython.noop)]
