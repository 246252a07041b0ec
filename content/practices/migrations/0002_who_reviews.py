"""The programme team reads and publishes practices."""

from django.db import migrations

from portal.accounts.roles import PROGRAMME, grant


def let_the_programme_team_review(apps, schema_editor):
    grant(apps, {PROGRAMME: ["practices.review_practice"]})


class Migration(migrations.Migration):
    dependencies = [("practices", "0001_practices"), ("accounts", "0002_roles")]
    operations = [migrations.RunPython(let_the_programme_team_review, migrations.RunPython.noop)]
