"""The place to learn in each language."""

from uuid import UUID

from django.db import migrations
from django.db.models import F
from django.utils import timezone

STEP = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
TOGETHER = UUID("5f0c6f2e-4a5b-4c55-9a39-6b1f6a0d1015")
# language: (slug, title, summary)
INDEX = {
    "fi": (
        "osaaminen",
        "Osaaminen",
        "Kurssit, aineistot, mallit ja tapahtumat kotoutumisen parissa työskenteleville.",
    ),
    "sv": (
        "kompetens",
        "Kompetens",
        "Kurser, material, mallar och evenemang för dig som arbetar med integration.",
    ),
    "en": (
        "skills",
        "Skills",
        "Courses, materials, templates and events for those who work with integration.",
    ),
}


def make_indexes(apps, schema_editor):
    page_model = apps.get_model("wagtailcore", "Page")
    content_type, _made = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="skills", model="skillsindexpage"
    )
    now = timezone.now()
    for language, (slug, title, summary) in INDEX.items():
        home = page_model.objects.get(depth=2, locale__language_code=language)
        below = page_model.objects.filter(depth=3, path__startswith=home.path)
        last = below.order_by("-path").values_list("path", flat=True).first()
        apps.get_model("skills", "SkillsIndexPage").objects.create(
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
            keeper="editor",
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


class Migration(migrations.Migration):
    dependencies = [
        ("skills", "0001_courses"),
        ("content", "0010_places_of_the_rooms"),
        ("reports", "0002_indexes"),
    ]
    operations = [migrations.RunPython(make_indexes, migrations.RunPython.noop)]
