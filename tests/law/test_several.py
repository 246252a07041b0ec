"""Several checks confirmed at once: those of an amending act, and those of one page."""

import pytest

from law.models import ImpactReview
from tests.factories.content import ArticleFactory, law_box
from tests.factories.law import SectionFactory, opened_change
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db
SEVERAL = "/cms/law-changes/several/"
OPEN = ImpactReview.State.OPEN


@pytest.fixture
def change(db):
    """Section 14 changed under two articles and its summary."""
    section = SectionFactory(number="14", summary_fi="Lyhyesti")
    for title in ("Initial assessment", "Plan"):
        ArticleFactory(title=title, body=[law_box(section)])
    return opened_change(section=section)


def of_act(change):
    return f"{SEVERAL}?amendment={change.amendment_id}"


def picks(response):
    return [value for _effect, _texts, found in response.context["groups"] for value, *_ in found]


def still_open(kind="guidance"):
    return ImpactReview.objects.filter(kind=kind, state=OPEN).count()


def test_those_of_an_act_are_confirmed_together(client, enter, change):
    editor = enter("editor")
    page = client.get(of_act(change))
    client.post(of_act(change), {"pick": picks(page), "note": "Luettu"})

    assert still_open() == 0
    for review in ImpactReview.objects.filter(kind="guidance"):
        assert (review.state, review.done_by, review.note) == ("confirmed", editor, "Luettu")
        assert review.seen_token == (change.after.version_token if change.after else "")


def test_what_was_not_ticked_stays_open(client, enter, change):
    enter("editor")
    one, *_others = [value for value in picks(client.get(of_act(change))) if "guidance" in value]
    client.post(of_act(change), {"pick": [one]})

    assert still_open() == 1


def test_those_of_one_page_are_of_every_change_of_the_law(client, enter, change):
    enter("editor")
    thing = change.reviews.filter(kind="guidance").values_list("thing", flat=True)[0]
    page = client.get(SEVERAL, {"kind": "guidance", "thing": thing})

    assert len(picks(page)) == 1
    assert "Plan" not in page.content.decode() or "Initial" not in page.content.decode()


def test_only_what_one_may_confirm_is_listed_or_taken(client, enter, change):
    enter("editor")
    offered = picks(client.get(of_act(change)))
    enter("statistician")

    assert not [value for value in picks(client.get(of_act(change))) if "guidance" in value]
    client.post(of_act(change), {"pick": offered})
    assert still_open() == 2


def test_nothing_is_confirmed_against_words_that_have_changed_since(client, enter, change):
    enter("editor")
    offered = picks(client.get(of_act(change)))
    change.after.text_fi = [{"text": "Toiset sanat.", "items": []}]
    change.after.save()
    answer = client.post(of_act(change), {"pick": offered, "note": "Luettu"})

    assert answer.status_code == 422
    assert still_open() == 2
    assert "Luettu" in answer.content.decode()


def test_without_a_tick_nothing_happens(client, enter, change):
    enter("editor")

    assert client.post(of_act(change), {"note": "x"}).status_code == 422
    assert still_open() == 2


@pytest.mark.parametrize("query", ["", "?amendment=x", "?amendment=99999999999", "?kind=guidance"])
def test_what_is_not_asked_for_is_said(client, enter, change, query):
    enter("editor")

    assert client.get(f"{SEVERAL}{query}").status_code == 400


def test_more_pages_take_no_more_queries(client, enter, change):
    enter("editor")
    once = queries_of_page(client, of_act(change))
    section = SectionFactory(number="15")
    for title in "ABCD":
        ArticleFactory(title=title, body=[law_box(section)])
    opened_change(section=section, amendment=change.amendment)

    assert queries_of_page(client, of_act(change)) == once
