"""Each team deals with what readers said of its pages."""

from django.db import migrations

from portal.accounts import roles

RIGHTS = ["feedback.view_opinion", "feedback.change_opinion"]


def grant(apps, schema_editor):
    roles.grant(apps, dict.fromkeys(roles.ROLES, RIGHTS))


class Migration(migrations.Migration):
    dependencies = [("feedback", "0003_opinions_on_pages"), ("accounts", "0002_roles")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
