"""Data: the documents of the domain, each with a published first version (a sample text)."""

import hashlib
import json

from django.db import migrations
from django.utils import timezone

from suppliers.migrations._document_texts import DOCUMENTS, SAMPLE_EN, SAMPLE_ZH


def add_documents(apps, schema_editor):
    types = apps.get_model("suppliers", "DocumentType")
    versions = apps.get_model("suppliers", "DocumentVersion")
    for place, facts in enumerate(DOCUMENTS, start=1):
        code, name, local_name, kinds, minerals_only, at_certification, months, english, chinese = (
            facts
        )
        document, made = types.objects.get_or_create(
            code=code,
            defaults={
                "name": name,
                "local_name": local_name,
                "kinds": kinds,
                "minerals_only": minerals_only,
                "at_certification": at_certification,
                "validity_months": months,
                "order": place * 10,
            },
        )
        if made:
            text_en, text_zh = "\n".join([SAMPLE_EN, *english]), "\n".join([SAMPLE_ZH, *chinese])
            versions.objects.create(
                document=document,
                number=1,
                change="first",
                text_en=text_en,
                text_zh=text_zh,
                sha256=sha256(1, text_en, text_zh),
                published_at=timezone.now(),
            )


def sha256(number, text_en, text_zh):
    """As ``suppliers.rules.documents.text_sha256`` does, frozen here."""
    content = json.dumps([number, text_en, text_zh], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()


def remove_documents(apps, schema_editor):
    """Those that nobody was asked to sign; others belong to the history."""
    types = apps.get_model("suppliers", "DocumentType")
    versions = apps.get_model("suppliers", "DocumentVersion")
    codes = [facts[0] for facts in DOCUMENTS]
    used = types.objects.exclude(versions__requests=None, versions__signatures=None).values_list(
        "pk", flat=True
    )
    unused = list(
        types.objects.filter(code__in=codes).exclude(pk__in=list(used)).values_list("pk", flat=True)
    )
    versions.objects.filter(document__in=unused).delete()
    types.objects.filter(pk__in=unused).delete()


class Migration(migrations.Migration):
    dependencies = [("suppliers", "0003_fill_lifecycle")]

    operations = [migrations.RunPython(add_documents, remove_documents)]
