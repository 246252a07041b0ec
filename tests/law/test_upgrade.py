"""Rows, log entries and permissions of reviews come along with the renaming of their models."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from wagtail.log_actions import log, registry

from law.models import Amendment, AmendmentEffect, ImpactReview, SectionVersion
from tests.factories.law import AmendmentEffectFactory

pytestmark = pytest.mark.django_db(transaction=True)


def migrate(name):
    call_command("migrate", "law", name, verbosity=0)
    return MigrationExecutor(connection).loader.project_state(("law", name)).apps


def test_effects_get_the_day_of_their_wording_or_of_their_act():
    ahead = timezone.localdate() + timedelta(days=9)
    effects = [
        AmendmentEffectFactory(day=date(2025, 3, 15)),
        AmendmentEffectFactory(day=ahead, repealed=True),
    ]
    Amendment.objects.filter(pk=effects[0].amendment_id).update(in_force_from=date(2025, 1, 2))
    try:
        migrate("0012_undo_of_what_was_taken_into_use")
    finally:
        call_command("migrate", "law", verbosity=0)

    found = {one.pk: (one.day, one.day_told_at is None) for one in AmendmentEffect.objects.all()}
    assert [found[effect.pk] for effect in effects] == [(date(2025, 3, 15), False), (ahead, True)]


def test_reviews_and_effects_keep_their_rows_logs_and_permissions():
    effect = AmendmentEffectFactory()
    fields = {"kind": "guidance", "thing": "t", "owner": "lawyer"}
    done = ImpactReview.objects.create(effect=effect, subject="1", state="confirmed", **fields)
    log(effect, "law.confirm", data={"kind": "guidance"})
    group = Group.objects.create(name="Reviewers")
    granted = Permission.objects.get(codename="view_impactreview")
    group.permissions.add(granted)
    SectionVersion.objects.filter(pk=effect.after_id).update(needs_legal_review=True)
    try:
        old = migrate("0008_one_key_a_thing")
        check = old.get_model("law", "Check").objects.get()
        assert (check.pk, check.change_id, check.state) == (done.pk, effect.pk, "confirmed")
        assert group.permissions.get().codename == "view_check"
        old.get_model("law", "Check").objects.create(change_id=effect.pk, subject="2", **fields)
    finally:
        call_command("migrate", "law", verbosity=0)

    assert AmendmentEffect.objects.get() == effect
    assert AmendmentEffect.objects.get().day_told_at
    assert dict(effect.reviews.values_list("subject", "state")) == {"1": "confirmed", "2": "open"}
    assert SectionVersion.objects.get(pk=effect.after_id).needs_legal_review
    assert [entry.action for entry in registry.get_logs_for_instance(effect)] == ["law.confirm"]
    assert (group.permissions.get().pk, group.permissions.get().codename) == (
        granted.pk,
        "view_impactreview",
    )
    assert not Permission.objects.filter(
        content_type__app_label="law", codename__endswith="_check"
    ).exists()
