"""The programme team reads and publishes commitments."""

from django.db import migrations

from portal.accounts.roles import PROGRAMME, grant


def let_the_programme_team_decide(apps, schema_editor):
    grant(apps, {PROGRAMME: ["commitments.review_commitment"]})


class Migration(migrations.Migration):
    dependencies = [("commitments", "0001_initial"), ("accounts", "0002_roles")]
    operations = [
        migrations.RunPython(let_the_programme_team_decide, migrations.RunPython.noop)
    ]
