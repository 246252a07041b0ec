"""Each effect has its day, a review the wording that it was settled against.

Days that have come already were told when the acts were imported.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Coalesce
from django.utils import timezone


def days_of_effects(apps, schema_editor):
    effects = apps.get_model("law", "AmendmentEffect").objects
    today = timezone.localdate()
    days = effects.values_list("pk", Coalesce("after__valid_from", "amendment__in_force_from"))
    for pk, day in list(days):
        told = {"day_told_at": timezone.now()} if day <= today else {}
        effects.filter(pk=pk).update(day=day, **told)


def one_a_section_and_act(apps, schema_editor):
    """On the way back only the first effect of a section and act stays."""
    effects = apps.get_model("law", "AmendmentEffect").objects
    kept = set()
    for pk, *key in effects.order_by("day", "pk").values_list("pk", "section", "amendment"):
        if tuple(key) in kept:
            effects.filter(pk=pk).delete()
        kept.add(tuple(key))


class Migration(migrations.Migration):
    dependencies = [("law", "0012_undo_of_what_was_taken_into_use")]

    operations = [
        migrations.AddField(
            "AmendmentEffect", "day", models.DateField("holds from", db_index=True, null=True)
        ),
        migrations.AddField(
            "AmendmentEffect",
            "day_told_at",
            models.DateTimeField("told on the day", blank=True, null=True),
        ),
        migrations.AddField(
            "ImpactReview",
            "seen",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="law.sectionversion",
                verbose_name="wording seen",
            ),
        ),
        migrations.AddField(
            "ImpactReview",
            "seen_token",
            models.CharField("words seen", blank=True, max_length=64),
        ),
        migrations.RunPython(days_of_effects, one_a_section_and_act),
    ]
