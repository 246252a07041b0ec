"""One sentence of an article changes: its translator meets one segment, that sentence marked."""

import pytest
from wagtail.models import Locale
from wagtail_localize.models import StringSegment

from content.pages.models import PageChange
from content.translation import services
from content.translation.board import Standing, originals, rows
from content.translation.models import TranslationOrder
from content.translation.segments import State, pieces, untranslated
from content.translation.sources import begin, take, take_drafts
from portal.mail.models import Letter
from tests.factories.accounts import UserFactory
from tests.factories.content import ArticleFactory, publish, text
from tests.factories.glossary import TermFactory

pytestmark = pytest.mark.django_db

PARAGRAPHS = [
    f"<p>Kappale {n} alkaa tästä. Siinä on toinen virke {n}. Kolmas päättää {n}.</p>"
    for n in range(30)
]
CHANGED = "Siinä on aivan uusi toinen virke."


@pytest.fixture
def swedish(db):
    return Locale.objects.get(language_code="sv")


@pytest.fixture
def editor(db):
    return UserFactory(role="editor", language="en")


@pytest.fixture
def translator(db):
    return UserFactory(role="translator_sv", language="en")


@pytest.fixture
def article(db):
    return publish(
        ArticleFactory(language="fi", title="Arviointi", body=[text(one) for one in PARAGRAPHS])
    )


def said(translation, words="på svenska"):
    return {
        piece.name: f"{words} {number}"
        for number, piece in enumerate(pieces(translation))
        if piece.state != State.DONE
    }


def translated(article, locale, by):
    translation = begin(article, locale, by=by)
    assert services.write_segments(translation, said(translation), by=by) == {}
    assert not untranslated(translation).exists()
    return translation


def draft(article, change):
    """A draft of the article with its raw body changed by `change`; nothing of it is live."""
    page = article.specific.get_latest_revision_as_object()
    raw = [dict(block) for block in page.body.raw_data]
    page.body = change(raw)
    page.save_revision()
    return type(article).objects.get(pk=article.pk)


def second_sentence(raw):
    block = raw[7]
    raw[7] = {**block, "value": block["value"].replace("Siinä on toinen virke 7.", CHANGED)}
    return raw


def test_one_sentence_of_a_draft_is_one_segment_with_one_sentence_marked(
    article, swedish, editor, translator
):
    translation = translated(article, swedish, editor)
    article = draft(article, second_sentence)

    take(article)

    waiting = [piece for piece in pieces(translation) if piece.state != State.DONE]
    assert [piece.state for piece in waiting] == [State.CHANGED]
    assert [one.text for one in waiting[0].sentences if one.changed] == [CHANGED]
    assert waiting[0].gone == ["Siinä on toinen virke 7."]
    assert waiting[0].text.startswith("på svenska")


def test_the_worker_takes_the_drafts_of_what_is_ordered(article, swedish, editor, translator):
    translation = translated(article, swedish, editor)
    services.order(article, [swedish], by=editor, assignee=translator)
    draft(article, second_sentence)

    assert take_drafts() == 1
    assert take_drafts() == 0
    assert untranslated(translation).count() == 1


def moved(raw):
    return [raw[-1], *raw[:-1]]


def with_new_path(raw):
    """The same paragraph in a new block, as when a block is split or copied."""
    first = {"type": raw[0]["type"], "value": raw[0]["value"]}
    return [first, *raw[1:]]


@pytest.mark.parametrize("change", [moved, with_new_path])
def test_what_was_moved_or_split_keeps_its_translation(change, article, swedish, editor):
    translation = translated(article, swedish, editor)

    take(draft(article, change))

    assert untranslated(translation).count() == 0


def test_a_page_joined_by_its_key_gives_its_texts(article, swedish, editor):
    publish(
        ArticleFactory(
            language="sv",
            together=article,
            title="Bedömning",
            body=[text(one.replace("Kappale", "Stycke")) for one in PARAGRAPHS],
        )
    )
    translation = begin(article, swedish, by=editor)

    by_title = {piece.source: piece for piece in pieces(translation)}
    assert by_title["Arviointi"].text == "Bedömning"
    assert sum(piece.state == State.DONE for piece in by_title.values()) >= 30


def test_handed_over_it_is_a_draft_and_who_ordered_it_hears(article, swedish, editor, translator):
    services.order(article, [swedish], by=editor, assignee=translator)
    assert Letter.objects.get().to == translator.email
    translation = begin(article, swedish, by=editor)
    with pytest.raises(services.NotCompleteError):
        services.hand_over(translation, by=translator)
    services.write_segments(translation, said(translation), by=translator)

    page = services.hand_over(translation, by=translator)

    assert not page.live
    assert {letter.to for letter in Letter.objects.all()} == {translator.email, editor.email}
    assert not TranslationOrder.objects.get().is_open


def test_a_broken_chip_keeps_the_others_and_says_so(article, swedish, editor):
    article = draft(
        article,
        lambda raw: [{**raw[0], "value": '<p>Katso <a href="https://example.org">ohje</a>.</p>'}],
    )
    translation = begin(article, swedish, by=editor)
    typed = said(translation)
    link = next(piece for piece in pieces(translation) if piece.chips)

    errors = services.write_segments(translation, typed, by=editor)

    assert list(errors) == [link.name]
    assert untranslated(translation).count() == 1


def test_a_draft_that_was_taken_carries_its_change_when_it_goes_live(
    article, swedish, editor, django_capture_on_commit_callbacks
):
    translation = translated(article, swedish, editor)
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(user=editor, publish=True)
    page = article.specific.get_latest_revision_as_object()
    page.title, page.change_kind, page.change_note = "Uusi", "substantive", "Uusi nimi."
    revision = page.save_revision()
    take(type(article).objects.get(pk=article.pk))
    services.write_segments(translation, said(translation), by=editor)
    revision.publish()

    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(user=editor, publish=True)

    target = translation.get_target_instance()
    carried = PageChange.objects.filter(page=target).order_by("-at", "-pk").first()
    assert carried.carries.note == "Uusi nimi."


def test_terms_come_with_the_agreed_word(article, swedish, editor):
    TermFactory(key="plan", name_fi="kotoutumissuunnitelma", name_sv="integrationsplan")
    article = draft(
        article, lambda raw: [{**raw[0], "value": "<p>Laadi kotoutumissuunnitelma.</p>"}]
    )
    translation = begin(article, swedish, by=editor)

    found = [wording for piece in pieces(translation) for wording in piece.wordings]
    assert [(one.source, one.agreed) for one in found] == [
        ("kotoutumissuunnitelma", "integrationsplan")
    ]


def test_the_board_says_how_each_language_stands(
    article, swedish, editor, translator, django_capture_on_commit_callbacks
):
    english = Locale.objects.get(language_code="en")
    translation = translated(article, swedish, editor)
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(user=editor, publish=True)
    services.not_needed(article, english, "Only for Finnish-speaking municipalities", by=editor)

    def cells():
        page = originals().get(pk=article.pk)
        return [cell.standing for cell in rows([page])[0].cells]

    assert cells() == [Standing.ORIGINAL, Standing.CURRENT, Standing.NOT_NEEDED]
    take(draft(article, second_sentence))
    assert cells() == [Standing.ORIGINAL, Standing.OUTDATED, Standing.NOT_NEEDED]
    services.order(article, [swedish], by=editor, assignee=translator)
    assert cells() == [Standing.ORIGINAL, Standing.IN_WORK, Standing.NOT_NEEDED]


@pytest.mark.parametrize("number", [1, 6])
def test_the_board_costs_the_queries_of_one(
    number, article, swedish, editor, django_assert_max_num_queries
):
    for _n in range(number):
        translated(
            publish(ArticleFactory(language="fi", body=[text("<p>Yksi.</p>")])), swedish, editor
        )
    pages = list(originals())

    with django_assert_max_num_queries(6):
        rows(pages)
    assert StringSegment.objects.exists()
