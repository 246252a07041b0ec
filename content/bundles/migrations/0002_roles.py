"""Who puts bundles together and who approves them: see docs/roles.md."""

from django.db import migrations

from portal.accounts.roles import EDITOR, LAWYER, grant


def give(apps, schema_editor):
    words = ["bundles.change_bundle", "bundles.approve_bundle"]
    grant(apps, {EDITOR: words, LAWYER: words})


class Migration(migrations.Migration):
    dependencies = [("bundles", "0001_initial"), ("accounts", "0002_roles")]
    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
