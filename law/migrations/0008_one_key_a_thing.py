"""Checks and what is logged of them are kept under the key that a thing has everywhere."""

from django.db import migrations

KEYS = {"indicators": "indicator", "terms": "term"}


def carry_over(apps, schema_editor, keys=KEYS):
    for old, new in keys.items():
        apps.get_model("law", "Check").objects.filter(kind=old).update(kind=new)
    entries = apps.get_model("wagtailcore", "ModelLogEntry").objects.filter(
        action__startswith="law.", data__kind__in=list(keys)
    )
    for entry in entries.iterator():
        entry.data["kind"] = keys[entry.data["kind"]]
        entry.save(update_fields=["data"])


def back(apps, schema_editor):
    carry_over(apps, schema_editor, {new: old for old, new in KEYS.items()})


class Migration(migrations.Migration):
    dependencies = [
        ("law", "0007_acts_whose_words_are_missing"),
        ("wagtailcore", "0069_log_entry_jsonfield"),
    ]

    operations = [migrations.RunPython(carry_over, back)]
