"""Imports that nobody confirmed in time have a state of their own."""

from django.db import migrations, models

STATES = [
    ("checking", "Being checked"),
    ("ready", "Ready to import"),
    ("faulty", "Has mistakes"),
    ("unreadable", "Cannot be read"),
    ("importing", "Being imported"),
    ("imported", "Imported"),
    ("undoing", "Being undone"),
    ("undone", "Undone"),
    ("discarded", "Discarded"),
    ("expired", "Expired"),
]


class Migration(migrations.Migration):
    dependencies = [("suppliers", "0012_fill_closing_days")]

    operations = [
        migrations.AlterField(
            model_name="importbatch",
            name="state",
            field=models.CharField(
                choices=STATES, default="checking", max_length=20, verbose_name="state"
            ),
        ),
    ]
