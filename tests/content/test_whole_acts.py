"""Pages that rest on a chapter, a whole act or a decree: listed, reviewed, followed."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from content.pages.models import ChangeKind
from law import following, impact_reviews
from law.models import ImpactReview
from law.references import Closeness, backlink_counts, backlinks_to, backlinks_to_whole
from portal.notifications import activity, services
from portal.notifications.models import Event, Notice
from tests.factories.accounts import UserFactory
from tests.factories.content import ArticleFactory, law_box, publish
from tests.factories.law import (
    ActFactory,
    AmendmentEffectFactory,
    ChapterFactory,
    SectionFactory,
    opened_change,
)
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def act():
    return ActFactory()


@pytest.fixture
def chapter(act):
    return ChapterFactory(act=act, number="2")


@pytest.fixture
def section(act, chapter):
    return SectionFactory(act=act, chapter=chapter, number="14")


def box(**chosen):
    return {"type": "law", "value": {"sections": [], "note": "", **chosen}}


def link(kind, pk, ref):
    html = f'<p>See <a linktype="{kind}" id="{pk}" ref="{ref}">there</a>.</p>'
    return {"type": "text", "value": html}


def closeness(section):
    found = backlinks_to([section], AnonymousUser(), "en")[section.pk]
    return [(item.title, item.closeness) for _kind, item in found]


def test_what_names_a_section_stands_before_what_rests_on_its_chapter_and_act(
    act, chapter, section
):
    ArticleFactory(title="Act", body=[box(acts=[act.pk])])
    ArticleFactory(title="Chapter", body=[box(chapters=[chapter.pk])])
    ArticleFactory(title="Section", body=[law_box(section)])

    assert closeness(section) == [
        ("Section", Closeness.NAMED),
        ("Chapter", Closeness.CHAPTER),
        ("Act", Closeness.ACT),
    ]
    assert backlink_counts([section], AnonymousUser(), "en")[section.pk] == 3
    elsewhere = SectionFactory(act=act, chapter=ChapterFactory(act=act, number="3"), number="30")
    assert closeness(elsewhere) == [("Act", Closeness.ACT)]


@pytest.mark.parametrize("kind", ["chapter", "act"])
def test_a_link_in_running_text_rests_on_a_chapter_or_an_act(act, chapter, section, client, kind):
    pk, ref = (chapter.pk, "681/2023:chapter-2") if kind == "chapter" else (act.pk, "681/2023")
    page = ArticleFactory(body=[link(kind, pk, ref)])

    [(_title, found)] = closeness(section)
    assert found.name == kind.upper()
    anchor = "#chapter-2" if kind == "chapter" else ""
    assert f'href="/en/law/681-2023/{anchor}"' in client.get(page.url_path).content.decode()


def test_a_change_of_any_section_in_it_opens_a_review(act, chapter, section):
    pages = [
        ArticleFactory(body=[box(acts=[act.pk])]),
        ArticleFactory(body=[box(chapters=[chapter.pk])]),
    ]
    elsewhere = SectionFactory(act=act, chapter=ChapterFactory(act=act, number="3"), number="30")

    impact_reviews.open_tasks([AmendmentEffectFactory(section=section)])
    impact_reviews.open_tasks([AmendmentEffectFactory(section=elsewhere)])

    subjects = sorted(ImpactReview.objects.values_list("subject", "effect__section__number"))
    assert subjects == sorted(
        [(str(pages[0].pk), "14"), (str(pages[0].pk), "30"), (str(pages[1].pk), "14")]
    )


def test_the_review_goes_on_while_the_page_rests_on_the_act(act, section):
    page = ArticleFactory(body=[box(acts=[act.pk])])
    impact_reviews.open_tasks([AmendmentEffectFactory(section=section)])

    page = publish(page, ChangeKind.MINOR)
    assert ImpactReview.objects.get().state == "open"

    page.body = page.body.stream_block.to_python([])
    publish(page, ChangeKind.SUBSTANTIVE)
    assert not ImpactReview.objects.filter(state="open").exists()


def test_a_decree_without_chapters_is_rested_on_as_an_act_is():
    decree = ActFactory(number=577, year=2024, kind="decree", short_en="Decree")
    section = SectionFactory(act=decree, chapter=None, number="3")
    page = ArticleFactory(body=[box(acts=[decree.pk])])

    impact_reviews.open_tasks([AmendmentEffectFactory(section=section, amendment__act=decree)])

    assert ImpactReview.objects.get().subject == str(page.pk)


def test_the_page_of_the_act_lists_what_rests_on_it_and_on_its_chapters(
    act, chapter, section, client
):
    ArticleFactory(title="On the act", body=[box(acts=[act.pk])])
    ArticleFactory(title="On the chapter", body=[box(chapters=[chapter.pk])])
    hidden = ArticleFactory(title="A draft", body=[box(acts=[act.pk])], live=False)

    shown = client.get("/en/law/681-2023/").content.decode()

    assert shown.count("On the act<") == shown.count("On the chapter<") == 1
    assert hidden.title not in shown
    for what in ("act:681/2023", "chapter:681/2023:2"):
        assert f"what={what}" in shown
    told = client.get("/api/v1/law/acts/681-2023?language=en").json()
    resting = told["item"]["resting"]
    assert [(one["chapter"], [thing["title"] for thing in one["things"]]) for one in resting] == [
        (None, ["On the act"]),
        ("2", ["On the chapter"]),
    ]


def test_the_box_shows_them_and_is_not_empty(act, chapter, section, client, enter):
    page = ArticleFactory(body=[box(chapters=[chapter.pk], acts=[act.pk])])

    shown = client.get(page.url_path).content.decode()

    assert 'href="/en/law/681-2023/#chapter-2"' in shown
    assert "Chapter\xa02" in shown or "Chapter 2" in shown
    assert "Integration Act (681/2023)" in shown
    enter("editor")
    assert client.get(reverse("chapter_chooser:choose_results") + "?q=2").status_code == 200
    chosen = client.get(reverse("act_chooser:chosen", args=[act.pk])).json()["result"]
    assert (chosen["ref"], chosen["id"]) == ("681/2023", str(act.pk))


@pytest.mark.parametrize("target", [("act", "681/2023"), ("chapter", "681/2023:2")])
def test_whoever_follows_an_act_or_a_chapter_hears_of_any_section_in_it(section, target):
    services.follow(UserFactory(), target)

    impact_reviews.open_tasks([AmendmentEffectFactory(section=section)])

    event = Event.objects.get()
    assert (event.thing_kind, event.thing) == ("section", "681/2023:14")
    assert list(target) in [list(one) for one in event.targets]


def test_what_is_followed_has_a_name_and_an_address(act, chapter, section):
    user = AnonymousUser()

    found = following.find_acts(["681/2023", "nonsense", "1/99999"], user, "en")
    assert {key: one.url for key, one in found.items()} == {"681/2023": "/en/law/681-2023/"}
    found = following.find_chapters(["681/2023:2", "681/2023:77", "x"], user, "en")
    assert {key: one.url for key, one in found.items()} == {
        "681/2023:2": "/en/law/681-2023/#chapter-2"
    }


def test_many_pages_chapters_and_sections_cost_the_same(act, chapter, section):
    def asked():
        backlinks_to_whole(act, list(act.chapters.all()), AnonymousUser(), "en")
        backlinks_to(list(act.sections.select_related("act")), AnonymousUser(), "en")

    ArticleFactory(body=[box(acts=[act.pk], chapters=[chapter.pk])])
    few = queries_of(asked)
    for number in range(3, 7):
        more = ChapterFactory(act=act, number=str(number))
        SectionFactory(act=act, chapter=more, number=f"{number}0")
        ArticleFactory(body=[box(acts=[act.pk], chapters=[more.pk])])
    assert queries_of(asked) == few


def rests_on(how, act, chapter):
    return {
        "box of the chapter": box(chapters=[chapter.pk]),
        "box of the act": box(acts=[act.pk]),
        "link to the chapter": link("chapter", chapter.pk, "681/2023:chapter-2"),
        "link to the act": link("act", act.pk, "681/2023"),
    }[how]


WAYS = ["box of the chapter", "box of the act", "link to the chapter", "link to the act"]


def state_of(change):
    return ImpactReview.objects.get(effect=change).state


@pytest.mark.parametrize("how", WAYS)
def test_a_draft_of_before_the_amendment_settles_nothing_however_it_rests_on_the_section(
    act, chapter, section, how
):
    page = ArticleFactory(body=[rests_on(how, act, chapter)])
    page.change_kind, page.change_note = ChangeKind.SUBSTANTIVE, "What changed."
    written = page.save_revision()
    change = opened_change(section=section)

    written.publish()
    assert state_of(change) == "open"
    page = publish(page, ChangeKind.MINOR)
    assert state_of(change) == "open"
    publish(page, ChangeKind.SUBSTANTIVE)
    assert state_of(change) == "changed"


@pytest.mark.parametrize("how", WAYS)
def test_a_first_publication_has_the_reviews_of_what_it_rests_on_as_a_whole(
    act, chapter, section, how
):
    page = ArticleFactory(body=[rests_on(how, act, chapter)], live=False)
    page.change_kind, page.change_note = ChangeKind.SUBSTANTIVE, "New."
    written = page.save_revision()
    elsewhere = SectionFactory(act=act, chapter=ChapterFactory(act=act, number="3"), number="30")
    changes = [opened_change(section=one) for one in (section, elsewhere)]

    written.publish()

    through_the_act = "act" in how
    found = ImpactReview.objects.filter(state="open").values_list("effect", flat=True)
    assert set(found) == {one.pk for one in changes[: 1 + through_the_act]}


@pytest.mark.parametrize("how", [*WAYS, "section"])
@pytest.mark.parametrize("target", [("act", "681/2023"), ("chapter", "681/2023:2")])
def test_whoever_follows_an_act_or_a_chapter_hears_once_of_a_page_that_rests_on_it(
    act, chapter, section, how, target
):
    user = UserFactory()
    for one in (target, ("section", "681/2023:14")):
        services.follow(user, one)
    chapter_of_an_act = how.endswith("act") and target[0] == "chapter"

    ArticleFactory(body=[law_box(section) if how == "section" else rests_on(how, act, chapter)])
    while activity.fan_out():
        pass

    assert Notice.objects.count() == (0 if chapter_of_an_act else 1)
