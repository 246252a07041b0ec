import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import monitoring.datasets.models.uploads


class Migration(migrations.Migration):
    dependencies = [
        ("datasets", "0005_links_and_what_protection_cost"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PlannedRelease",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("period", models.CharField(max_length=10, verbose_name="period of the figures")),
                ("planned_at", models.DateTimeField(db_index=True, verbose_name="to be released")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("provisional", "Tentative"),
                            ("confirmed", "Confirmed"),
                            ("published", "Published"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="provisional",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                (
                    "made_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="announced"
                    ),
                ),
                (
                    "changed_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="changed"
                    ),
                ),
                (
                    "dataset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="datasets.dataset",
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="plans",
                        to="datasets.release",
                    ),
                ),
            ],
            options={
                "verbose_name": "planned release",
                "verbose_name_plural": "planned releases",
                "ordering": ["planned_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["provisional", "confirmed"])),
                        fields=("dataset", "period"),
                        name="one_plan_a_period",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("before", models.DateTimeField(verbose_name="before")),
                ("after", models.DateTimeField(null=True, verbose_name="after")),
                ("reason", models.CharField(max_length=500, verbose_name="why")),
                (
                    "changed_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="changed"
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="datasets.plannedrelease",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of a planned release",
                "verbose_name_plural": "changes of planned releases",
                "ordering": ["changed_at", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=2)),
                (
                    "uploaded_at",
                    models.DateTimeField(db_index=True, default=django.utils.timezone.now),
                ),
                ("file_name", models.CharField(max_length=255)),
                ("size", models.PositiveBigIntegerField()),
                (
                    "file",
                    models.FileField(
                        blank=True, upload_to=monitoring.datasets.models.uploads.place_of_upload
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits to be checked"),
                            ("reading", "Every cell is being checked"),
                            ("loading", "Compared with what is in force, and kept"),
                            ("checked", "Checked"),
                            ("refused", "Refused"),
                            ("unchanged", "Changes nothing"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("rows", models.PositiveIntegerField(default=0)),
                ("percent", models.PositiveSmallIntegerField(default=0)),
                ("problems", models.JSONField(default=list)),
                ("total", models.PositiveIntegerField(default=0)),
                (
                    "dataset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="datasets.dataset",
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="datasets.release",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "file of a dataset",
                "verbose_name_plural": "files of datasets",
                "default_permissions": (),
            },
        ),
    ]
