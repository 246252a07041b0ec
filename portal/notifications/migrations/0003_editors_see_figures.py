from django.db import migrations

from portal.accounts.roles import EDITOR, grant


def editors_see_figures(apps, schema_editor):
    grant(apps, {EDITOR: ["notices.view_follower"]})


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_followers"), ("accounts", "0002_roles")]
    operations = [migrations.RunPython(editors_see_figures, migrations.RunPython.noop)]
