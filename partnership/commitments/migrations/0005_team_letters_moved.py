"""Letters of the programme team to many are of organisations, whatever they were chosen by."""

from django.db import migrations

FIELDS = ("key", "subject", "number", "by_id", "at")


def move(apps, schema_editor):
    kept = apps.get_model("organisations", "TeamLetter")
    rows = apps.get_model("commitments", "TeamLetter").objects.order_by("pk").values(*FIELDS)
    kept.objects.bulk_create(kept(**row) for row in rows)


class Migration(migrations.Migration):
    dependencies = [
        ('commitments', '0004_joint_and_confirmed'),
        ('organisations', '0008_team_letters'),
    ]

    operations = [
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.DeleteModel(name='TeamLetter'),
    ]
