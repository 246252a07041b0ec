"""An effect without a day is none, and an act has one a day on a section."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("law", "0013_a_day_of_each_effect")]

    operations = [
        migrations.AlterField(
            "AmendmentEffect", "day", models.DateField("holds from", db_index=True)
        ),
        migrations.RemoveConstraint("AmendmentEffect", "one_change_a_section_and_amendment"),
        migrations.AddConstraint(
            "AmendmentEffect",
            models.UniqueConstraint(
                fields=("section", "amendment", "day"), name="one_change_a_section_act_and_day"
            ),
        ),
    ]
