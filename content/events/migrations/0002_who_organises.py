"""Editors and the programme team organise events."""

from django.db import migrations

from portal.accounts.roles import EDITOR, PROGRAMME, grant

WORDS = ["events.add_event", "events.change_event", "events.view_event"]


def let_them_organise(apps, schema_editor):
    grant(apps, {EDITOR: WORDS, PROGRAMME: WORDS})


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0001_events"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(let_them_organise, migrations.RunPython.noop)]
