"""Ten times the pages, a third of the new ones of three more kinds."""

from itertools import count
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.core.management.base import BaseCommand
from django.db import transaction
from wagtail.models import Page, ReferenceIndex

from bench_kinds.models import FirstPage, SecondPage, ThirdPage
from content.pages.models import GuidanceArticlePage, NewsPage, SubjectPage

COPIES = 9
MORE_KINDS = {0: FirstPage, 1: SecondPage, 2: ThirdPage}
LABELS = {"topics": "topic_id", "audiences": "audience_id"}
FIRST_PLACE = 500  # among the pages beside it: far behind what there is


class Command(BaseCommand):
    help = "Gives each article and each piece of news nine copies, on a database to throw away."

    @transaction.atomic
    def handle(self, *args, **options):
        places = count(FIRST_PLACE)
        for model in (GuidanceArticlePage, NewsPage):
            for original in model.objects.filter(live=True, alias_of=None):
                parent = original.get_parent()
                for number in range(COPIES):
                    copy(original, parent, number, next(places))
        self.stdout.write(f"{Page.objects.count()} pages")


def copy(original: SubjectPage, parent: Page, number: int, place: int) -> None:
    """One more page beside `original`, with its labels and its references to the law.

    Rows are written as they are, without what publishing a page does besides.
    """
    model = type(original)
    kind = MORE_KINDS.get(number, model)
    slug = f"{original.slug}-{number}"
    base = Page(
        **_values(original, Page._meta.concrete_fields)
        | {
            "path": Page._get_path(parent.path, parent.depth + 1, place),
            "slug": slug,
            "title": f"{original.title} {number}",
            "url_path": f"{parent.url_path}{slug}/",
            "translation_key": uuid4(),
            "content_type_id": ContentType.objects.get_for_model(kind).pk,
            "latest_revision_id": None,
            "live_revision_id": None,
        }
    )
    [base] = Page.objects.bulk_create([base])
    page = kind(page_ptr_id=base.pk, **_values(original, kind._meta.local_concrete_fields))
    page.save_base(raw=True, force_insert=True)
    for name, column in LABELS.items():
        of_original = model._meta.get_field(name).remote_field.through.objects.filter(
            **{model._meta.model_name: original}
        )
        through = kind._meta.get_field(name).remote_field.through
        through.objects.bulk_create(
            through(**{f"{kind._meta.model_name}_id": base.pk, column: label})
            for label in of_original.values_list(column, flat=True)
        )
    references = list(
        ReferenceIndex.objects.filter(
            object_id=str(original.pk),
            base_content_type=ContentType.objects.get_for_model(Page),
        )
    )
    for reference in references:
        reference.pk = None
        reference.object_id = str(base.pk)
        reference.content_type_id = base.content_type_id
    ReferenceIndex.objects.bulk_create(references)


def _values(original: SubjectPage, fields) -> dict:
    """What the original has in these fields, apart from its keys."""
    return {
        field.attname: getattr(original, field.attname)
        for field in fields
        if not field.primary_key and hasattr(original, field.attname)
    }
