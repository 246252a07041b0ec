"""Pages that show figures: a correction of a dataset lists them, and each says what was revised.

Wagtail's own index knows which page refers to a dataset or an indicator, in whatever block.
"""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Page, ReferenceIndex

from monitoring.datasets.uses import Touched, Use

from .related import pages_of


def uses(change: Touched) -> Iterable[Use]:
    """The published pages that show the dataset, in each language: one query."""
    shown = Q(pk__in=[])
    for thing in change.shown_by:
        kind = ContentType.objects.get_for_model(thing)
        shown |= Q(to_content_type=kind, to_object_id=str(thing.pk))
    references = ReferenceIndex.objects.filter(
        shown, base_content_type=ContentType.objects.get_for_model(Page)
    )
    pages = Page.objects.live().filter(pk__in=pages_of(references)).order_by("url_path")
    for title, url, language in pages.values_list("title", "url_path", "locale__language_code"):
        yield Use(title, url, language)
