"""Requests to act for an organisation, refused invitations, hand-overs and e-mail domains."""

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0005_two_readers_and_renewal"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="invitation", name="one_unanswered_invitation_an_address"
        ),
        migrations.AddField(
            model_name="invitation",
            name="declined_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="declined"),
        ),
        migrations.AddField(
            model_name="invitation",
            name="reopened_at",
            field=models.DateTimeField(
                editable=False, null=True, verbose_name="declined no longer"
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                models.F("organisation"),
                django.db.models.functions.text.Lower("email"),
                condition=models.Q(accepted_at=None, revoked_at=None, declined_at=None),
                name="one_unanswered_invitation_an_address",
            ),
        ),
        migrations.CreateModel(
            name="JoinRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "text",
                    models.CharField(
                        max_length=500, verbose_name="who you are in the organisation"
                    ),
                ),
                (
                    "from_letter",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        verbose_name="came through the organisation's own mailbox",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for an answer"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("withdrawn", "Taken back"),
                        ],
                        default="waiting",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked"),
                ),
                (
                    "answered_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="answered"),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="join_requests",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="join_requests",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "request to act for an organisation",
                "verbose_name_plural": "requests to act for organisations",
                "ordering": ["-asked_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("organisation", "user"),
                        name="one_waiting_request_a_person",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HandOver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("left", "A person left"),
                            ("bouncing", "A person's letters come back"),
                            ("silent", "Nothing was heard of a person for a year"),
                        ],
                        max_length=10,
                        verbose_name="cause",
                    ),
                ),
                ("nobody", models.BooleanField(default=False, verbose_name="nobody answers")),
                (
                    "started_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="begun"),
                ),
                ("ended_at", models.DateTimeField(null=True, verbose_name="ended")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hand_overs",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "hand-over",
                "verbose_name_plural": "hand-overs",
                "ordering": ["-started_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="EmailDomain",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("domain", models.CharField(max_length=253, verbose_name="e-mail domain")),
                (
                    "added_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="entered"
                    ),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="email_domains",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "e-mail domain of an organisation",
                "verbose_name_plural": "e-mail domains of organisations",
                "ordering": ["domain"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "domain"),
                        name="one_row_a_domain_and_organisation",
                    )
                ],
            },
        ),
    ]
