"""Lawyers keep the portal's own summaries of sections true."""

from django.db import migrations

from portal.accounts.roles import LAWYER, grant


def give(apps, schema_editor):
    grant(apps, {LAWYER: ["law.change_section"]})


class Migration(migrations.Migration):
    dependencies = [
        ("law", "0004_wordings_of_a_day"),
        ("accounts", "0002_roles"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
