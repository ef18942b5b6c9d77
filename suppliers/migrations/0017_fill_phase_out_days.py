"""Data: the phase-out that a supplier is in takes its day from the supplier, where it stood alone.

Days of earlier phase-outs were cleared when the suppliers were opened again: they stay unknown and
count from the day of the step.
"""

from django.db import migrations


def fill_phase_out_days(apps, schema_editor):
    suppliers = apps.get_model("suppliers", "Supplier")
    changes = apps.get_model("suppliers", "StatusChange")
    left = suppliers.objects.filter(status="phased_out", phase_out_on__isnull=False)
    for supplier in left.iterator(1000):
        made = changes.objects.filter(supplier=supplier, action="phase_out")
        last = made.order_by("-at", "-pk").first()
        if last is not None and last.phase_out_on is None:
            changes.objects.filter(pk=last.pk).update(phase_out_on=supplier.phase_out_on)


class Migration(migrations.Migration):
    dependencies = [("suppliers", "0016_phase_out_day_of_changes")]

    operations = [migrations.RunPython(fill_phase_out_days, migrations.RunPython.noop)]
