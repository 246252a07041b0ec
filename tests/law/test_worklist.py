"""The work lists in /cms/: who sees what, who may confirm, and what a confirmation does."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from law import impact_reviews, services
from law.models import ImpactReview
from monitoring.indicators.models import IndicatorSection
from tests.factories.content import ArticleFactory, NewsFactory, law_box
from tests.factories.law import AmendmentEffectFactory, SectionFactory, opened_change
from tests.factories.monitoring import IndicatorFactory
from tests.proofs import size
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db
LIST = "/cms/law-changes/"
SECRET = "Nobody else may read this title"


@pytest.fixture
def section(db):
    return SectionFactory(number="14", summary_fi="Lyhyesti")


@pytest.fixture
def change(section):
    """Section 14 changed under an article in two languages, an indicator and its summary."""
    finnish = ArticleFactory(language="fi", title="Alkukartoitus", body=[law_box(section)])
    ArticleFactory(title="Initial assessment", body=[law_box(section)], together=finnish)
    indicator = IndicatorFactory(name_en="Plans made")
    IndicatorSection.objects.create(indicator=indicator, section=section)
    change = opened_change(section=section)
    return change


def address(change):
    return reverse("law_changes:change", args=[change.pk])


def thing_of(change, kind):
    return change.reviews.filter(kind=kind).values_list("thing", flat=True)[0]


def confirm(client, change, kind="guidance", note=""):
    data = {"kind": kind, "thing": thing_of(change, kind), "note": note}
    return client.post(address(change), data, follow=True)


def test_the_list_shows_changes_by_act_with_what_is_open_and_how_old(client, enter, change):
    enter("editor")
    change.opened_at = timezone.now() - timedelta(days=9)
    change.save()

    html = " ".join(client.get(LIST).content.decode().split())

    assert f"{change.amendment.reference}, amending the Integration Act (681/2023)" in html
    assert "Section 14 was amended on 15 March 2025" in html
    assert "Your teams: 1 open (" in html and "9 days" in html


def test_list_item_menu_and_first_page_count_a_page_once_in_all_its_languages(
    client, enter, change
):
    """Two languages of an article are one thing to do; it is done when both are."""
    enter("editor")

    def figures():
        response = client.get(address(change))
        html = " ".join(response.content.decode().split())
        [own, *others] = client.get(LIST).context["teams"]
        assert own.role == "editor" and not any(team.own for team in others)
        assert f"Law changes ({own.figures.open})" in html or not own.figures.open
        assert response.context["figures"] == own.figures
        assert response.context["whole"].open == own.figures.open + sum(
            team.figures.open for team in others
        )
        return own.figures.open, own.figures.done

    assert figures() == (1, 0)

    first, second = ImpactReview.objects.filter(kind="guidance")
    impact_reviews.changed("guidance", first.subject, by=None)
    assert figures() == (1, 0)

    impact_reviews.changed("guidance", second.subject, by=None)
    assert figures() == (0, 1)


@pytest.mark.parametrize(
    ("role", "query", "shown"),
    [
        ("editor", "", {"guidance"}),
        ("lawyer", "", {"summary"}),
        ("statistician", "", {"indicator"}),
        ("programme", "", set()),
        ("programme", "owner=all", {"guidance", "summary", "indicator"}),
        ("programme", "owner=all&kind=indicator", {"indicator"}),
        ("programme", "owner=lawyer", {"summary"}),
        ("programme", "owner=all&state=done", set()),
        ("superuser", "", {"guidance", "summary", "indicator"}),
    ],
)
def test_the_items_of_ones_own_teams_come_first_and_others_on_demand(
    client, enter, change, role, query, shown
):
    enter(is_superuser=True) if role == "superuser" else enter(role)

    things = client.get(f"{address(change)}?{query}").context["things"]

    assert {thing.kind_key for thing in things} == shown


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("owner=all", True),
        ("owner=all&state=open", True),
        ("owner=all&state=done", False),
        ("owner=all&act={act}", True),
        ("owner=all&act={other}", False),
        ("owner=programme&state=open", False),
    ],
)
def test_the_list_is_narrowed_by_team_act_and_state(client, enter, change, query, found):
    enter("editor")
    other = AmendmentEffectFactory(section__number="77")

    html = client.get(
        f"{LIST}?{query.format(act=change.amendment_id, other=other.amendment_id)}"
    ).content.decode()

    assert (address(change) in html) == found


@pytest.mark.parametrize(
    "query", ["owner=nobody", "kind=x", "state=maybe", "act=99999", "p=0", "p=2", "p=x"]
)
def test_a_choice_that_cannot_be_read_is_named(client, enter, change, query):
    enter("editor")

    response = client.get(f"{LIST}?{query}")

    assert response.status_code == 400
    assert query.partition("=")[0] in response.content.decode()


def test_a_change_that_nothing_rests_on_is_done(client, enter):
    change = opened_change()
    enter("editor")

    assert "There is nothing to check" in client.get(address(change)).content.decode()
    assert address(change) in client.get(f"{LIST}?owner=all&state=done").content.decode()
    assert address(change) not in client.get(f"{LIST}?owner=all&state=open").content.decode()


def test_before_any_change_the_list_says_so(client, enter):
    enter("editor")

    assert "has not changed since" in client.get(LIST).content.decode()


def test_the_change_is_shown_word_by_word_in_both_languages_of_the_law(client, enter, change):
    enter("editor")

    html = client.get(address(change)).content.decode()

    assert "Kunta</del>" in html.replace('<span class="visually-hidden">]</span>', "")
    assert "Hyvinvointialue" in html and "Välfärdsområdet" in html


def test_a_confirmation_settles_all_languages_and_says_who(client, enter, change):
    editor = enter("editor", first_name="Aino", last_name="Example")

    html = confirm(client, change, note="Only a number moved.").content.decode()

    assert "its banner is gone in 2 languages" in html
    assert "Aino Example" in html and "Only a number moved." in html
    checks = change.reviews.filter(kind="guidance")
    assert {(check.state, check.done_by) for check in checks} == {("confirmed", editor)}


def test_the_second_to_confirm_is_told_that_somebody_was_first(client, enter, change):
    first = enter("lawyer")
    confirm(client, change)
    enter("editor")

    html = confirm(client, change, note="Late").content.decode()

    assert "Somebody was first" in html
    assert {check.done_by for check in change.reviews.filter(kind="guidance")} == {first}


def test_a_note_that_is_too_long_is_kept_for_mending(client, enter, change):
    enter("editor")

    response = confirm(client, change, note="x" * 501)

    assert response.status_code == 422
    assert "x" * 501 in response.content.decode()
    assert change.reviews.filter(state=ImpactReview.State.OPEN).count() == 4


@pytest.mark.parametrize(
    ("kind", "may"),
    [
        ("guidance", {"editor", "lawyer"}),
        ("indicator", {"statistician"}),
        ("summary", {"editor", "lawyer"}),
    ],
)
def test_those_who_publish_a_thing_confirm_it(client, enter, change, kind, may):
    for role in ["programme", "statistician", "editor", "lawyer"]:
        enter(role)
        buttons = client.get(f"{address(change)}?owner=all&kind={kind}").context["things"]
        assert (buttons[0].form is not None) == (role in may), role
        confirm(client, change, kind)
        settled = not change.reviews.filter(kind=kind, state=ImpactReview.State.OPEN).exists()
        assert settled == (role in may), role
        change.reviews.update(state=ImpactReview.State.OPEN)


def test_a_private_page_is_listed_without_its_title(client, enter, section):
    page = ArticleFactory(title=SECRET, body=[law_box(section)])
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(Group.objects.get(name="lawyer"))
    change = opened_change(section=section)

    for role, knows in [("programme", False), ("statistician", False), ("lawyer", True)]:
        enter(role)
        html = client.get(f"{address(change)}?owner=all").content.decode()
        assert (SECRET in html) == knows, role
        assert ("Not open to you" in html) == (not knows), role
        assert SECRET not in client.get("/cms/").content.decode()
    enter("programme")
    data = {"kind": "guidance", "thing": thing_of(change, "guidance")}
    assert client.post(address(change), data).status_code == 404


def test_the_home_of_cms_has_the_open_checks_of_each_team(client, enter, change):
    enter("editor")

    html = client.get("/cms/").content.decode()

    assert "To be checked after changes of the law" in html
    assert f"{LIST}?owner=statistician" in html
    assert "Law changes (1)" in html


@pytest.mark.proof
def test_many_changes_and_things_cost_the_queries_of_one(client, enter, section):
    """Without a summary, which has a kind of its own and so another query."""
    section.summary_fi = ""
    section.save()
    enter("editor")

    def add(number):
        for _each in range(number):
            finnish = ArticleFactory(language="fi", body=[law_box(section)])
            ArticleFactory(body=[law_box(section)], together=finnish)
            NewsFactory(body=[law_box(section)])
        changes = [AmendmentEffectFactory(section=section, before=None) for _each in range(number)]
        impact_reviews.open_tasks(changes)
        return changes[0]

    first = add(1)
    paths = [LIST, f"{address(first)}?owner=all"]
    of_one = [queries_of_page(client, path) for path in paths]
    many = add(size(30, 500))

    paths = [LIST, f"{address(many)}?owner=all"]
    of_many = [queries_of_page(client, path) for path in paths]
    assert all(many <= one for many, one in zip(of_many, of_one, strict=True)), (of_many, of_one)
    assert len(client.get(f"{address(many)}?owner=all").context["things"]) == 50
    assert client.get(f"{address(many)}?owner=all&p=2").status_code == 200


def test_a_list_says_against_which_wording_each_thing_was_checked(client, people):
    section = SectionFactory(number="14")
    page = ArticleFactory(body=[law_box(section)])
    change = opened_change(section=section)
    lawyer = people["lawyer"]
    client.force_login(lawyer)
    impact_reviews.confirm("guidance", str(page.translation_key), by=lawyer)
    address = f"/cms/law-changes/{change.pk}/?owner=all"

    def read():
        return " ".join(client.get(address).content.decode().replace("\xa0", " ").split())

    assert "Checked against the wording in force from 15 March 2025 </span>" in read()
    words = [{"text": "Valtio järjestää palvelun.", "items": []}]
    services.check_wording(change.after, {"text_fi": words}, by=lawyer)
    shown = read()
    assert "from 15 March 2025, which has been corrected since" in shown
    assert "To be checked" in shown
