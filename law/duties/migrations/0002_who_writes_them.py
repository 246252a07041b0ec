"""Editors and lawyers write what the law asks of authorities."""

from django.db import migrations

from portal.accounts import roles

RIGHTS = [f"duties.{action}_duty" for action in ("add", "change", "delete", "view")]


def grant(apps, schema_editor):
    roles.grant(apps, {roles.EDITOR: RIGHTS, roles.LAWYER: RIGHTS})


class Migration(migrations.Migration):
    dependencies = [("duties", "0001_initial"), ("accounts", "0002_roles")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
