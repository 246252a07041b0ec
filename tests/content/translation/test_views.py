"""The board and the translator's view in /cms/, as those who order and those who make meet them."""

import pytest
from django.urls import reverse
from wagtail.models import Locale, PageLogEntry

from content.translation.models import TranslationOrder
from content.translation.segments import State, pieces, untranslated
from content.translation.sources import begin
from tests.factories.accounts import UserFactory
from tests.factories.content import ArticleFactory, publish, text

pytestmark = pytest.mark.django_db
BOARD = "/cms/translations/"


@pytest.fixture
def swedish(db):
    return Locale.objects.get(language_code="sv")


@pytest.fixture
def article(db):
    body = [text('<p>Katso <a href="https://example.org">ohje</a>. Toinen virke.</p>')]
    return publish(ArticleFactory(language="fi", title="Arviointi", body=body))


@pytest.fixture
def editor(client):
    user = UserFactory(role="editor", language="en")
    client.force_login(user)
    return user


@pytest.fixture
def translator(db):
    return UserFactory(role="translator_sv", language="en")


def address(article, language="sv"):
    return reverse("translations:segments", args=[article.translation_key, language])


def typed(translation, words):
    return {
        piece.name: words.replace("link", "[1|råd]") if piece.chips else words
        for piece in pieces(translation)
        if piece.state != State.DONE
    }


def test_an_editor_orders_from_the_board(client, editor, translator, article, swedish):
    answer = client.post(
        BOARD,
        {"pages": [article.pk], "locales": [swedish.pk], "assignee": translator.pk, "due": ""},
    )

    assert answer.status_code == 302
    order = TranslationOrder.objects.get()
    assert (order.assignee, order.ordered_by, order.locale) == (translator, editor, swedish)
    assert PageLogEntry.objects.filter(action="content.translation_ordered").exists()
    assert "In work" in client.get(BOARD).content.decode()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"pages": []}, "Choose at least one page of the list."),
        ({"locales": []}, "Choose at least one language."),
        ({"due": "2020-01-01"}, "The day has gone by."),
    ],
)
def test_an_order_that_lacks_something_says_so(client, editor, article, swedish, said, told):
    answer = client.post(BOARD, {"pages": [article.pk], "locales": [swedish.pk], **said})

    assert answer.status_code == 200
    assert told in answer.content.decode()
    assert not TranslationOrder.objects.exists()


def test_not_needed_stands_on_the_board_with_its_reason(client, editor, article, swedish):
    client.post(
        BOARD, {"pages": [article.pk], "locales": [swedish.pk], "reason": "Finnish law firms only"}
    )

    assert "Finnish law firms only" in client.get(BOARD).content.decode()


def test_the_translator_takes_writes_and_hands_over(
    client, editor, translator, article, swedish, django_capture_on_commit_callbacks
):
    client.post(BOARD, {"pages": [article.pk], "locales": [swedish.pk]})
    client.force_login(translator)
    assert "Nobody has taken" in client.get(address(article)).content.decode()

    client.post(address(article), {"action": "claim"})
    assert TranslationOrder.objects.get().assignee == translator
    translation = begin(article, swedish, by=translator)
    broken = typed(translation, "På svenska")
    answer = client.post(address(article), {**broken, "action": "deliver"})
    assert "is missing" in answer.content.decode()
    assert untranslated(translation).count() == 1

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(
            address(article), {**typed(translation, "Se link"), "action": "deliver"}
        )

    assert answer.status_code == 302
    page = translation.get_target_instance()
    assert not page.live
    assert 'href="https://example.org"' in str(page.get_latest_revision_as_object().body)
    assert not TranslationOrder.objects.get().is_open


def test_what_waits_is_on_the_first_page_of_the_cms(client, editor, translator, article, swedish):
    client.post(BOARD, {"pages": [article.pk], "locales": [swedish.pk], "assignee": translator.pk})
    client.force_login(translator)

    page = client.get(reverse("wagtailadmin_home")).content.decode()

    assert "What waits for me" in page
    assert address(article) in page


def test_a_translator_meets_the_own_language_alone(client, translator, editor, article, swedish):
    english = Locale.objects.get(language_code="en")
    for locale in (swedish, english):
        begin(article, locale, by=editor)
    client.force_login(translator)

    assert client.get(BOARD).status_code == 200
    refused = client.post(BOARD, {"pages": [article.pk], "locales": [swedish.pk]})
    assert refused.status_code == 302 and not TranslationOrder.objects.exists()
    assert client.get(address(article)).status_code == 200
    assert client.get(address(article, "en")).status_code == 302
    assert client.post(address(article, "en"), {}).status_code == 302
    translation = begin(article, swedish, by=editor)
    said = typed(translation, "Se link")
    client.post(address(article), {**said, "action": "publish"})
    assert not translation.get_target_instance().live
    assert client.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).status_code == 302
