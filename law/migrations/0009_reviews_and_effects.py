"""Reviews and effects by the names of the field; rows, log entries and permissions come along.

Django renames the content types with their models; what is granted is renamed here.
"""

import django.db.models.deletion
from django.db import migrations, models

from portal.migration_operations import rename_permissions

class Migration(migrations.Migration):
    dependencies = [
        ("law", "0008_one_key_a_thing"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.RemoveConstraint("Check", "one_check_a_change_and_subject"),
        migrations.RenameModel("SectionChange", "AmendmentEffect"),
        migrations.RenameModel("Check", "ImpactReview"),
        migrations.RenameField("ImpactReview", "change", "effect"),
        migrations.RenameField("SectionVersion", "to_be_checked", "needs_legal_review"),
        migrations.AlterModelOptions(
            "ImpactReview",
            {
                "ordering": ["effect", "kind", "thing", "subject"],
                "verbose_name": "check after a change of the law",
                "verbose_name_plural": "checks after changes of the law",
            },
        ),
        migrations.AlterField(
            "ImpactReview",
            "effect",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="reviews",
                to="law.amendmenteffect",
            ),
        ),
        migrations.AlterField(
            "AmendmentEffect",
            "section",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="effects",
                to="law.section",
            ),
        ),
        migrations.AlterField(
            "AmendmentEffect",
            "amendment",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="effects",
                to="law.amendment",
            ),
        ),
        migrations.AddConstraint(
            "ImpactReview",
            models.UniqueConstraint(
                fields=("effect", "kind", "subject"), name="one_check_a_change_and_subject"
            ),
        ),
        rename_permissions("law", {"Check": "ImpactReview", "SectionChange": "AmendmentEffect"}),
    ]
