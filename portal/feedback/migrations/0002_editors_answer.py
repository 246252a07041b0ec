"""Editors see feedback and answer it."""

from django.db import migrations

from portal.accounts import roles


def grant(apps, schema_editor):
    roles.grant(
        apps, {roles.EDITOR: ["feedback.view_feedback", "feedback.change_feedback"]}
    )


class Migration(migrations.Migration):
    dependencies = [("feedback", "0001_initial"), ("accounts", "0002_roles")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
