"""The programme team keeps the contacts of all areas."""

from django.db import migrations

from portal.accounts.roles import PROGRAMME, grant


def let_the_programme_team_keep(apps, schema_editor):
    grant(apps, {PROGRAMME: ["authorities.keep_areacontact"]})


class Migration(migrations.Migration):
    dependencies = [("authorities", "0001_initial"), ("accounts", "0002_roles")]
    operations = [migrations.RunPython(let_the_programme_team_keep, migrations.RunPython.noop)]
