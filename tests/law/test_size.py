"""However many pages rest on however many sections, their pages and work lists cost as little."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, ReferenceIndex

from content.pages.related import references_to
from law import impact_reviews
from tests.factories.content import ArticleFactory, law_box
from tests.factories.law import AmendmentEffectFactory, SectionFactory
from tests.proofs import size
from tests.queries import queries_of_page

pytestmark = [pytest.mark.django_db, pytest.mark.proof]
SECTIONS, PAGES = size(10, 100), size(60, 10_000)
OF_EACH_PAGE = 5
AT_ONCE = 500


def copies(original, number, sections):
    """Pages beside the original as rows alone: publishing so many would take the proof's time."""
    fields = {field.attname for field in Page._meta.concrete_fields} - {"id", "path", "slug"}
    values = {name: getattr(original, name) for name in fields}
    parent = original.get_parent()
    [reference] = references_to(sections).filter(object_id=str(original.pk))
    pages = Page.objects.bulk_create(
        [
            Page(
                **values
                | {
                    "path": Page._get_path(parent.path, parent.depth + 1, place),
                    "slug": f"copy-{place}",
                    "url_path": f"{parent.url_path}copy-{place}/",
                    "translation_key": uuid4(),
                },
            )
            for place in range(1000, 1000 + number)
        ],
        batch_size=AT_ONCE,
    )
    own = {field.attname: getattr(original, field.attname) for field in own_fields(original)}
    references = []
    for place, page in enumerate(pages):
        row = type(original)(page_ptr_id=page.pk, **own)
        row.save_base(raw=True, force_insert=True)
        for turn in range(OF_EACH_PAGE):
            section = sections[(place + turn) % len(sections)]
            references.append(
                ReferenceIndex(
                    base_content_type=reference.base_content_type,
                    content_type=reference.content_type,
                    object_id=str(page.pk),
                    to_content_type=reference.to_content_type,
                    to_object_id=str(section.pk),
                    model_path=reference.model_path,
                    content_path=reference.content_path,
                    content_path_hash=uuid4(),
                )
            )
    ReferenceIndex.objects.bulk_create(references, batch_size=AT_ONCE)


def own_fields(page):
    return [one for one in type(page)._meta.local_concrete_fields if not one.primary_key]


def test_many_pages_on_many_sections_cost_the_queries_of_a_few(client):
    sections = [SectionFactory(number=str(number)) for number in range(1, SECTIONS + 1)]
    article = ArticleFactory(body=[law_box(sections[0])])
    addresses = ["/en/law/681-2023/", "/en/law/681-2023/1/"]

    def opened(number):
        changes = [AmendmentEffectFactory(section=one, before=None) for one in sections[:number]]
        with CaptureQueriesContext(connection) as captured:
            checks = impact_reviews.open_tasks(changes)
        return checks, sum(not query["sql"].startswith("INSERT") for query in captured)

    opened(1)
    of_few = [queries_of_page(client, address) for address in addresses]
    _one, reads = opened(1)

    copies(article, PAGES, sections)

    assert [queries_of_page(client, address) for address in addresses] == of_few
    assert opened(SECTIONS) == (PAGES * OF_EACH_PAGE + 1, reads)
