"""The index of annual reports in each language; statisticians write there, editors publish."""

from uuid import UUID

from django.db import migrations
from django.db.models import F
from django.utils import timezone

from portal.accounts.roles import STATISTICIAN

STEP = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
TOGETHER = UUID("5f0c6f2e-4a5b-4c55-9a39-6b1f6a0d1014")
# language: (slug, title, summary)
INDEX = {
    "fi": (
        "raportit",
        "Vuosiraportit",
        "Kotoutumisen edistämisen vuosiraportit: luvut sellaisina kuin ne olivat julkaistaessa.",
    ),
    "sv": (
        "rapporter",
        "Årsrapporter",
        "Årsrapporter om integrationsfrämjandet: siffrorna som de var vid publiceringen.",
    ),
    "en": (
        "reports",
        "Annual reports",
        "Annual reports on the promotion of integration: figures as they stood when published.",
    ),
}


def make_indexes(apps, schema_editor):
    page_model = apps.get_model("wagtailcore", "Page")
    content_type, _made = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="reports", model="reportindexpage"
    )
    now = timezone.now()
    for language, (slug, title, summary) in INDEX.items():
        home = page_model.objects.get(depth=2, locale__language_code=language)
        below = page_model.objects.filter(depth=3, path__startswith=home.path)
        last = below.order_by("-path").values_list("path", flat=True).first()
        apps.get_model("reports", "ReportIndexPage").objects.create(
            path=home.path + (after(last[-4:]) if last else "0001"),
            depth=3,
            numchild=0,
            content_type=content_type,
            locale_id=home.locale_id,
            translation_key=TOGETHER,
            title=title,
            draft_title=title,
            slug=slug,
            url_path=f"{home.url_path}{slug}/",
            summary=summary,
            keeper="statistician",
            live=True,
            first_published_at=now,
            last_published_at=now,
        )
        page_model.objects.filter(pk=home.pk).update(numchild=F("numchild") + 1)


def after(step):
    """The step of a tree path that follows one: 0009 → 000A, 000Z → 0010."""
    number = int(step, 36) + 1
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = STEP[digit] + digits
    return digits.rjust(4, "0")


def give(apps, schema_editor):
    """Statisticians write drafts; editors publish everywhere as it is."""
    group = apps.get_model("auth", "Group").objects.get(name=STATISTICIAN)
    content_type = apps.get_model("contenttypes", "ContentType").objects.get(
        app_label="wagtailcore", model="page"
    )
    for action in ("add", "change"):
        permission, _made = apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=content_type,
            codename=f"{action}_page",
            defaults={"name": f"Can {action} page"},
        )
        for page in apps.get_model("wagtailcore", "Page").objects.filter(translation_key=TOGETHER):
            apps.get_model("wagtailcore", "GroupPagePermission").objects.get_or_create(
                group=group, page=page, permission=permission
            )


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0001_initial"),
        ("content", "0010_places_of_the_rooms"),
        ("accounts", "0002_roles"),
        ("questions", "0002_indexes_and_roles"),
    ]
    operations = [
        migrations.RunPython(make_indexes, migrations.RunPython.noop),
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
