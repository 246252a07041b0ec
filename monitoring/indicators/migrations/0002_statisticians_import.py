"""Statisticians describe indicators and import their values."""

from django.db import migrations

from portal.accounts.roles import STATISTICIAN, grant


def let_statisticians_import(apps, schema_editor):
    grant(
        apps,
        {
            STATISTICIAN: [
                "monitoring.add_indicator",
                "monitoring.change_indicator",
                "monitoring.delete_indicator",
                "monitoring.view_indicator",
                "monitoring.add_release",
                "monitoring.view_release",
            ]
        },
    )


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0001_initial"), ("accounts", "0002_roles")]
    operations = [migrations.RunPython(let_statisticians_import, migrations.RunPython.noop)]
