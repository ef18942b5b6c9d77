from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0002_notification")]

    operations = [
        migrations.AddField(
            model_name="notification",
            name="about_key",
            field=models.PositiveBigIntegerField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(
                condition=models.Q(("read_at", None)),
                fields=["about_key", "kind"],
                name="notification_about",
            ),
        ),
    ]
