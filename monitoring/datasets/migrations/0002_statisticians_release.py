"""Statisticians bring values of datasets, propose releases and approve those of others."""

from django.db import migrations

from portal.accounts.roles import STATISTICIAN, grant


def let_statisticians_release(apps, schema_editor):
    grant(
        apps,
        {
            STATISTICIAN: [
                "datasets.view_dataset",
                "datasets.add_release",
                "datasets.view_release",
                "datasets.approve_release",
            ]
        },
    )


class Migration(migrations.Migration):
    dependencies = [("datasets", "0001_initial"), ("accounts", "0002_roles")]
    operations = [migrations.RunPython(let_statisticians_release, migrations.RunPython.noop)]
