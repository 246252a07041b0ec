"""Editors and lawyers write the glossary."""

from django.db import migrations

from portal.accounts import roles

RIGHTS = [f"glossary.{action}_term" for action in ("add", "change", "delete", "view")]


def grant(apps, schema_editor):
    roles.grant(apps, {roles.EDITOR: RIGHTS, roles.LAWYER: RIGHTS})


class Migration(migrations.Migration):
    dependencies = [("glossary", "0001_terms"), ("accounts", "0002_roles")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
