"""The About pages that a person who joins is pointed to, where they are live."""

from wagtail.models import Page

from portal.languages import current_language

SLUGS = {
    "terms": {"fi": "kayttoehdot", "sv": "anvandarvillkor", "en": "terms-of-use"},
    "principles": {
        "fi": "kumppanuusohjelman-periaatteet",
        "sv": "partnerskapsprogrammets-principer",
        "en": "principles-of-the-partnership-programme",
    },
    "privacy": {"fi": "tietosuojaseloste", "sv": "dataskyddsbeskrivning", "en": "privacy-notice"},
}


def addresses() -> dict[str, str]:
    """The addresses of `terms`, `principles` and `privacy` in the reader's language, where live."""
    language = current_language()
    keys = {slugs[language]: key for key, slugs in SLUGS.items()}
    live = Page.objects.live().public().filter(locale__language_code=language, slug__in=keys)
    return {keys[page.slug]: page.get_url() for page in live.select_related("locale")}
