"""What the reviewer asks the supplier to mend, question by question."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("suppliers", "0005_commitments_company")]

    operations = [
        migrations.AddField(
            model_name="assessmentanswer",
            name="review_note",
            field=models.TextField(blank=True, verbose_name="note of the review"),
        ),
    ]
