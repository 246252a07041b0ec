"""Three languages, a home page each, the index pages below, and the site they make up."""

from uuid import UUID

from django.conf import settings
from django.db import migrations
from django.utils import timezone

STEP = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

HOME = {
    "fi": "Kotoutumisen edistämisen tieto- ja kumppanuusportaali",
    "sv": "Kunskaps- och partnerskapsportalen för integrationsfrämjande",
    "en": "Knowledge and partnership portal for integration professionals",
}
# model: (language: (slug, title, summary))
INDEXES = {
    "GuidanceIndexPage": {
        "fi": (
            "ohjeet",
            "Ohjeet",
            "Mitä laki edellyttää, kuka tekee mitäkin ja miten: ohjeet teemoittain ja kohderyhmittäin.",
        ),
        "sv": (
            "vagledning",
            "Vägledning",
            "Vad lagen kräver, vem som gör vad och hur: vägledning efter tema och målgrupp.",
        ),
        "en": (
            "guidance",
            "Guidance",
            "What the law requires, who does what and how: guidance by theme and by audience.",
        ),
    },
    "NewsIndexPage": {
        "fi": (
            "uutiset",
            "Uutiset",
            "Lain, palvelujen ja tilastojen muutokset niille, jotka tekevät kotoutumistyötä.",
        ),
        "sv": (
            "nyheter",
            "Nyheter",
            "Ändringar i lagen, tjänsterna och statistiken för dig som arbetar med integration.",
        ),
        "en": (
            "news",
            "News",
            "Changes in the law, the services and the figures for people who work with integration.",
        ),
    },
    "AboutIndexPage": {
        "fi": (
            "tietoa",
            "Tietoa palvelusta",
            "Kuka portaalia ylläpitää, mihin se perustuu ja miten annat palautetta.",
        ),
        "sv": (
            "om",
            "Om tjänsten",
            "Vem som upprätthåller portalen, vad den bygger på och hur du ger respons.",
        ),
        "en": (
            "about",
            "About the service",
            "Who keeps the portal, what it rests on and how to give feedback.",
        ),
    },
}
TOGETHER = {
    "HomePage": UUID("5f0c6f2e-4a5b-4c55-9a39-6b1f6a0d1001"),
    "GuidanceIndexPage": UUID("5f0c6f2e-4a5b-4c55-9a39-6b1f6a0d1002"),
    "NewsIndexPage": UUID("5f0c6f2e-4a5b-4c55-9a39-6b1f6a0d1003"),
    "AboutIndexPage": UUID("5f0c6f2e-4a5b-4c55-9a39-6b1f6a0d1004"),
}


class PagesThereError(Exception):
    """The database has pages already, which making the portal's tree would remove."""


def refuse_where_pages_are(page_model):
    """Only the page that Wagtail's own migration makes may be there; raises PagesThereError."""
    pages = page_model.objects.filter(depth__gt=1)
    welcome = pages.filter(title="Welcome to your new Wagtail site!", slug="home").values("pk")[:1]
    if others := pages.exclude(pk__in=list(welcome.values_list("pk", flat=True))).count():
        raise PagesThereError(
            f"This database has {others} pages of another site. The portal makes its page tree in an "
            "empty database only: name another in DATABASE_URL, or remove the pages first."
        )


def make_tree(apps, schema_editor):
    page_model = apps.get_model("wagtailcore", "Page")
    locale_model = apps.get_model("wagtailcore", "Locale")
    site_model = apps.get_model("wagtailcore", "Site")
    refuse_where_pages_are(page_model)
    site_model.objects.all().delete()
    page_model.objects.filter(depth__gt=1).delete()
    root = page_model.objects.get(depth=1)
    for number, (language, title) in enumerate(HOME.items(), start=1):
        locale, _made = locale_model.objects.get_or_create(language_code=language)
        home = make_page(apps, "HomePage", root, number, locale, language, title)
        for place, (model, words) in enumerate(INDEXES.items(), start=1):
            slug, name, summary = words[language]
            make_page(apps, model, home, place, locale, slug, name, summary, in_menus=True)
        page_model.objects.filter(pk=home.pk).update(numchild=len(INDEXES))
    page_model.objects.filter(pk=root.pk).update(numchild=len(HOME))
    site_model.objects.create(
        hostname="localhost",
        site_name="",
        is_default_site=True,
        root_page_id=page_model.objects.get(url_path=f"/{settings.LANGUAGE_CODE}/").pk,
    )


def make_page(apps, model, parent, place, locale, slug, title, summary="", in_menus=False):
    content_type, _made = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="content", model=model.lower()
    )
    now = timezone.now()
    return apps.get_model("content", model).objects.create(
        path=parent.path + STEP[place].rjust(4, "0"),
        depth=parent.depth + 1,
        numchild=0,
        content_type=content_type,
        locale=locale,
        translation_key=TOGETHER[model],
        title=title,
        draft_title=title,
        slug=slug,
        url_path=f"{parent.url_path}{slug}/",
        summary=summary,
        show_in_menus=in_menus,
        live=True,
        first_published_at=now,
        last_published_at=now,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]
    operations = [migrations.RunPython(make_tree, migrations.RunPython.noop)]
