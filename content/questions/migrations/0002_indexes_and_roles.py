"""The index of questions in each language, and what each role may do: see docs/roles.md."""

from uuid import UUID

from django.db import migrations
from django.db.models import F
from django.utils import timezone

from portal.accounts.roles import LAWYER, grant

STEP = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
TOGETHER = UUID("5f0c6f2e-4a5b-4c55-9a39-6b1f6a0d1005")
# language: (slug, title, summary)
INDEX = {
    "fi": (
        "kysymykset",
        "Oikeudelliset kysymykset",
        "Lain soveltamista koskevat kysymykset ja kahden juristin tarkistamat vastaukset.",
    ),
    "sv": (
        "fragor",
        "Juridiska frågor",
        "Frågor om tillämpningen av lagen och svar som två jurister har granskat.",
    ),
    "en": (
        "questions",
        "Legal questions",
        "Questions about applying the law, with answers that two lawyers have checked.",
    ),
}
PAGES = {LAWYER: ["add", "change", "publish"]}


def make_indexes(apps, schema_editor):
    page_model = apps.get_model("wagtailcore", "Page")
    content_type, _made = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="questions", model="questionindexpage"
    )
    now = timezone.now()
    for language, (slug, title, summary) in INDEX.items():
        home = page_model.objects.get(depth=2, locale__language_code=language)
        below = page_model.objects.filter(depth=3, path__startswith=home.path)
        last = below.order_by("-path").values_list("path", flat=True).first()
        apps.get_model("questions", "QuestionIndexPage").objects.create(
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
            keeper=LAWYER,
            show_in_menus=True,
            live=True,
            first_published_at=now,
            last_published_at=now,
        )
        page_model.objects.filter(pk=home.pk).update(numchild=F("numchild") + 1)


def after(step: str) -> str:
    """The step of a tree path that follows one: 0009 → 000A, 000Z → 0010."""
    number = int(step, 36) + 1
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = STEP[digit] + digits
    return digits.rjust(4, "0")


def give(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects
    pages = apps.get_model("wagtailcore", "Page").objects.filter(translation_key=TOGETHER)
    content_type, _made = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="wagtailcore", model="page"
    )
    for role, actions in PAGES.items():
        for action in actions:
            permission, _made = apps.get_model("auth", "Permission").objects.get_or_create(
                content_type=content_type,
                codename=f"{action}_page",
                defaults={"name": f"Can {action} page"},
            )
            for page in pages:
                apps.get_model("wagtailcore", "GroupPagePermission").objects.get_or_create(
                    group=groups.get(name=role), page=page, permission=permission
                )
    grant(apps, {LAWYER: ["questions.handle_question"]})


class Migration(migrations.Migration):
    dependencies = [
        ("questions", "0001_initial"),
        ("content", "0003_roles"),
        ("accounts", "0002_roles"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]
    operations = [
        migrations.RunPython(make_indexes, migrations.RunPython.noop),
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
