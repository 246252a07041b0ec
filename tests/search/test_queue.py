"""The index follows what is saved, published, withdrawn, deleted or hidden."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from wagtail.models import Locale, PageViewRestriction

from partnership.organisations.models import Membership
from portal.languages import in_language
from search import index, queue
from search.documents import kinds
from search.models import Change, Document, IndexState, Text
from tests.factories.law import SectionFactory
from tests.factories.partnership import MembershipFactory
from tests.factories.places import AreaFactory, BelongingFactory
from tests.factories.search import article, indexed

pytestmark = pytest.mark.django_db


def known(text):
    return set(Document.objects.filter(title__contains=text).values_list("language", flat=True))


def test_a_fact_has_a_document_in_each_language():
    section = SectionFactory(number="14", name_fi="Arviointi", name_sv="Bedömning", name_en="Need")

    queue.drain()

    documents = Document.objects.filter(kind="section", key=section.pk)
    assert {document.language for document in documents} == {"fi", "sv", "en"}
    assert {document.path for document in documents} == {
        "/fi/laki/681-2023/14/",
        "/sv/lag/681-2023/14/",
        "/en/law/681-2023/14/",
    }
    assert len({document.thing for document in documents}) == 1
    assert not Change.objects.exists()


def test_a_page_is_found_from_its_publishing_to_its_withdrawal():
    page = article("Luonnos", live=False)
    queue.drain()
    assert not known("Luonnos")

    page.save_revision().publish()
    queue.drain()
    assert known("Luonnos") == {"fi"}

    page.refresh_from_db()
    page.unpublish()
    assert not known("Luonnos")


def test_a_draft_of_a_published_page_is_not_found():
    page = article("Julkaistu ohje")
    page.title = "Salainen luonnos"
    page.save_revision()

    queue.drain()

    assert known("Julkaistu ohje") == {"fi"}
    assert not known("Salainen")


def test_a_page_made_private_is_gone_at_once_and_back_when_opened():
    page = article("Rajattu ohje")
    queue.drain()

    restriction = PageViewRestriction.objects.create(
        page=page.get_parent(), restriction_type=PageViewRestriction.LOGIN
    )
    assert not known("Rajattu")
    queue.drain()
    assert not known("Rajattu")

    restriction.delete()
    queue.drain()
    assert known("Rajattu") == {"fi"}


def test_a_deleted_page_is_gone_at_once():
    page = article("Poistettava ohje")
    queue.drain()

    page.delete()

    assert not known("Poistettava")


def test_a_moved_address_is_followed():
    page = article("Ohje")
    queue.drain()
    page.slug = "uusi-osoite"
    page.save_revision().publish()

    queue.drain()

    assert Document.objects.get(title="Ohje").path.endswith("/uusi-osoite/")


def test_a_translation_is_found_when_it_is_published():
    page = article("Ohje kunnille")
    queue.drain()
    copy = page.copy_for_translation(Locale.objects.get(language_code="sv"))
    copy.title = "Anvisning"
    copy.save_revision()
    queue.drain()
    assert not known("Anvisning")

    copy.save_revision().publish()
    queue.drain()

    assert known("Anvisning") == {"sv"}
    assert len(set(Document.objects.values_list("thing", flat=True))) == 1


@pytest.mark.parametrize(
    ("language", "label"),
    [("fi", "Hyvä tietää"), ("sv", "Bra att veta"), ("en", "Good to know")],
)
@pytest.mark.parametrize("active", ["fi", "sv"])
def test_a_document_is_made_in_the_language_of_its_page(active, language, label):
    box = {"kind": "note", "title": "", "text": "<p>Text</p>"}
    article("Text", language, body=json.dumps([{"type": "callout", "value": box}]))

    with in_language(active):
        queue.drain()

    (text,) = Text.objects.filter(document__title="Text")
    assert text.body.splitlines()[0] == label


def test_an_organisation_is_found_while_it_is_a_member():
    membership = MembershipFactory(organisation__name_fi="Esimerkkiyhdistys")
    queue.drain()
    assert not known("Esimerkkiyhdistys")

    membership.status = Membership.Status.ACTIVE
    membership.save()
    queue.drain()
    assert known("Esimerkkiyhdistys") == {"fi", "sv", "en"}

    membership.status = Membership.Status.ENDED
    membership.save()
    assert not known("Esimerkkiyhdistys")


def test_what_happens_in_a_smaller_area_is_found_under_the_larger():
    belonging = BelongingFactory()
    membership = MembershipFactory(
        status=Membership.Status.ACTIVE, organisation__areas=[belonging.part]
    )

    queue.drain()

    document = Document.objects.get(
        kind="organisation", key=membership.organisation_id, language="fi"
    )
    assert document.areas.split() == [belonging.part.key, belonging.whole.key]


def test_what_is_rolled_back_is_not_queued():
    with transaction.atomic():
        SectionFactory()
        transaction.set_rollback(True)

    assert not Change.objects.exists()


def test_draining_costs_the_queries_of_one_for_many(django_assert_max_num_queries):
    first = SectionFactory()
    queue.drain()
    for _number in range(6):
        SectionFactory(act=first.act, chapter=first.chapter)

    with django_assert_max_num_queries(18):
        queue.drain()


def test_a_full_refresh_writes_all_and_takes_out_what_is_gone():
    SectionFactory()
    AreaFactory()
    indexed("Vanha", key="99999")

    index.refresh()

    assert not Change.objects.exists()
    assert not known("Vanha")
    assert Document.objects.filter(kind="section").count() == 3
    assert index.problems() == [] or "Word lists" in index.problems()[0]


def test_check_names_what_is_missing_and_a_changed_analyser(capsys):
    SectionFactory()
    index.refresh()
    IndexState.objects.update(analyser="another")
    SectionFactory()

    with pytest.raises(CommandError):
        call_command("search_index", check=True)

    said = capsys.readouterr().out
    assert "another" in said
    assert "1 of 2 rows are not in the index: section." in said


def test_every_kind_says_where_its_things_are():
    for kind in kinds().values():
        for entry in kind.entries():
            assert entry.path.startswith((f"/{entry.language}/", "/api/"))
