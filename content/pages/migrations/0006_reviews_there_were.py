"""Pages that have a day of review got it by a publication: the same is written as a review."""

from datetime import datetime, time

from django.db import migrations
from django.utils import timezone

KINDS = [
    "AboutIndexPage",
    "GuidanceArticlePage",
    "GuidanceIndexPage",
    "HomePage",
    "InformationPage",
    "NewsIndexPage",
    "NewsPage",
    "ThemePage",
]


def write(apps, schema_editor):
    review_model = apps.get_model("content", "PageReview")
    change_model = apps.get_model("content", "PageChange")
    for kind in KINDS:
        model = apps.get_model("content", kind)
        pages = model.objects.exclude(reviewed_on=None).only("pk", "keeper", "reviewed_on")
        for page in pages.iterator():
            change = (
                change_model.objects.filter(page_id=page.pk, kind="substantive")
                .select_related("revision")
                .order_by("-at", "-pk")
                .first()
            )
            review_model.objects.create(
                page_id=page.pk,
                at=change.at if change else _noon(page.reviewed_on),
                by_id=change.revision.user_id if change and change.revision else None,
                role=page.keeper,
                outcome="published",
            )
            model.objects.filter(pk=page.pk).update(reviewed_by=page.keeper)


def _noon(day):
    return timezone.make_aware(datetime.combine(day, time(12)))


class Migration(migrations.Migration):
    dependencies = [("content", "0005_reviews")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
