"""Everybody who has written any of an answer; of those there are, who saved it last."""

from django.conf import settings
from django.db import migrations, models


def who_saved_it_last(apps, schema_editor):
    answer = apps.get_model("questions", "Answer")
    link = answer.writers.through
    rows = answer.objects.filter(author__isnull=False).values_list("pk", "author_id")
    link.objects.bulk_create(
        (link(answer_id=pk, user_id=author) for pk, author in rows), batch_size=1000
    )


class Migration(migrations.Migration):
    dependencies = [
        ("questions", "0002_indexes_and_roles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField(
            model_name="answer",
            name="writers",
            field=models.ManyToManyField(
                related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="written by"
            ),
        ),
        migrations.RunPython(who_saved_it_last, migrations.RunPython.noop),
    ]
