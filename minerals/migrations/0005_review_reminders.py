"""What reviews need beside their tables: reminders of clarifications, findings after acceptance."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("minerals", "0004_mitigation_proposals")]

    operations = [
        migrations.AddField(
            model_name="clarification",
            name="reminders",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="reminders"),
        ),
        migrations.AddField(
            model_name="clarification",
            name="reminded_on",
            field=models.DateField(blank=True, null=True, verbose_name="last reminder"),
        ),
        migrations.AddField(
            model_name="finding",
            name="is_new",
            field=models.BooleanField(default=False, verbose_name="found after the acceptance"),
        ),
    ]
