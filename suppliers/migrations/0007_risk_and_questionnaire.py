"""Data: default points of inherent risk, and the first edition of the investigation form."""

import datetime as dt

from django.db import migrations

from suppliers.migrations._country_risk import KINDS, POINTS, SOURCE
from suppliers.migrations._csr_2026 import QUESTIONS

CODE = "csr-2026"
PUBLISHED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def fill_risk(apps, schema_editor):
    countries = apps.get_model("suppliers", "CountryRisk")
    kinds = apps.get_model("suppliers", "KindRisk")
    for points, codes in POINTS.items():
        for code in codes.split():
            countries.objects.get_or_create(
                country=code, defaults={"points": points, "source": SOURCE}
            )
    for kind, points in KINDS.items():
        kinds.objects.get_or_create(kind=kind, defaults={"points": points})


def empty_risk(apps, schema_editor):
    """What somebody changed stays away from the defaults' text; the tables go anyway before this."""
    apps.get_model("suppliers", "CountryRisk").objects.filter(source=SOURCE).delete()
    apps.get_model("suppliers", "KindRisk").objects.all().delete()


def fill_questionnaire(apps, schema_editor):
    editions = apps.get_model("suppliers", "Questionnaire")
    questions = apps.get_model("suppliers", "Question")
    edition, created = editions.objects.get_or_create(
        code=CODE,
        defaults={
            "title": "Supplier CSR investigation form 2026",
            "local_title": "2026年供应商CSR自评问卷",
            "published_at": PUBLISHED,
            "valid_months": 12,
        },
    )
    if not created:
        return
    questions.objects.bulk_create(
        questions(
            questionnaire=edition, order=number * 10, area=area, code=code, weight=weight,
            is_key=is_key, asks_evidence=asks_evidence, kind=kind, text_en=english,
            text_zh=chinese, help_en=help_english, help_zh=help_chinese,
        )
        for number, (
            area, code, weight, is_key, asks_evidence, kind,
            english, chinese, help_english, help_chinese,
        ) in enumerate(QUESTIONS, start=1)
    )  # fmt: skip


def drop_questionnaire(apps, schema_editor):
    """Only where nobody was asked by it: answers are worth more than a clean table."""
    used = apps.get_model("suppliers", "Assessment").objects.filter(questionnaire__code=CODE)
    if not used.exists():
        apps.get_model("suppliers", "Questionnaire").objects.filter(code=CODE).delete()


class Migration(migrations.Migration):
    dependencies = [("suppliers", "0006_assessments_review_notes")]

    operations = [
        migrations.RunPython(fill_risk, empty_risk),
        migrations.RunPython(fill_questionnaire, drop_questionnaire),
    ]
