"""Reviews: recorded acts, in one click for all languages, and said to readers."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from content.editorial import reviews
from content.pages.models import (
    ChangeKind,
    GuidanceArticlePage,
    InformationPage,
    NewsPage,
    PageChange,
    PageReview,
)
from law.models import ImpactReview
from tests.factories.accounts import UserFactory
from tests.factories.content import (
    ArticleFactory,
    InformationFactory,
    NewsFactory,
    ThemeFactory,
    law_box,
    publish,
)
from tests.factories.law import AmendmentEffectFactory, SectionFactory
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db

A_YEAR_AND_MORE = timedelta(days=400)


def fresh(page):
    return type(page).objects.get(pk=page.pk)


def long_ago(factory=ArticleFactory, **fields):
    with time_machine.travel(timezone.now() - A_YEAR_AND_MORE, tick=False):
        return factory(**fields)


@pytest.fixture
def article(db):
    """An article in three languages that was last reviewed more than a year ago."""
    finnish = long_ago(language="fi", title="Arviointi", keeper="lawyer")
    long_ago(language="sv", title="Bedömning", keeper="lawyer", together=finnish)
    return long_ago(language="en", title="Assessment", keeper="lawyer", together=finnish)


def post(client, page, **data):
    last = PageChange.objects.filter(page__translation_key=page.translation_key)
    seen = last.order_by("pk").last().pk
    address = reverse("content_reviews:confirm", args=[page.pk])
    return client.post(address, {"note": "", "seen": seen} | data)


def test_a_substantive_publication_is_a_review_in_the_role_that_published(people):
    page = ArticleFactory(keeper="lawyer")
    publish(page, user=people["editor"])

    review = PageReview.objects.filter(page=page).first()

    assert (review.role, review.outcome, review.by) == ("editor", "published", people["editor"])
    assert fresh(page).reviewed_by == "editor"


def test_where_the_page_is_shown_elsewhere_it_has_the_same_dates(article):
    alias = article.create_alias(update_slug="alias")

    reviews.confirm(article, by=UserFactory(role="lawyer"))

    page, shown = fresh(article), fresh(alias)
    assert page.reviewed_on == timezone.localdate()
    assert (shown.reviewed_on, shown.reviewed_by, shown.review_due_on) == (
        page.reviewed_on,
        page.reviewed_by,
        page.review_due_on,
    )


def test_a_minor_publication_is_no_review(people):
    page = ArticleFactory()
    publish(page, ChangeKind.MINOR, "", user=people["editor"])

    assert not PageReview.objects.filter(page=page).exists()


@time_machine.travel("2026-11-22T12:00:00+02:00", tick=False)
def test_what_no_person_published_is_published_and_not_reviewed(client):
    page = fresh(ArticleFactory(keeper="lawyer"))

    html = client.get(page.url_path).content.decode().replace("\xa0", " ")

    assert not PageReview.objects.filter(page=page).exists()
    assert "Published on 22 November 2026" in html
    assert "Reviewed on" not in html
    assert page.review_due_on.isoformat() == "2027-11-22"


@pytest.mark.parametrize(
    ("factory", "months"), [(ArticleFactory, 12), (InformationFactory, 12), (NewsFactory, None)]
)
@time_machine.travel("2026-03-31T12:00:00+03:00", tick=False)
def test_the_next_review_follows_from_the_kind_of_page(factory, months):
    page = fresh(factory())

    assert page.review_due_on == (months and timezone.localdate().replace(year=2027))


def test_the_dates_cannot_be_typed():
    for model in (GuidanceArticlePage, InformationPage, NewsPage):
        form = model.get_edit_handler().get_form_class()
        assert not {"reviewed_on", "reviewed_by", "review_due_on"} & set(form.base_fields)


def test_one_click_confirms_every_published_language(client, people, article):
    draft = long_ago(language="en", live=False)
    client.force_login(people["lawyer"])

    response = post(client, article, note="Compared with section 14.")

    assert response.status_code == 302
    for page in GuidanceArticlePage.objects.filter(translation_key=article.translation_key):
        assert page.reviewed_on == timezone.localdate()
        assert page.reviewed_by == "lawyer"
        assert not page.is_overdue
        entry = PageLogEntry.objects.get(page=page, action="content.review")
        assert entry.user == people["lawyer"]
        assert entry.comment == "Compared with section 14."
    assert not PageReview.objects.filter(page=draft).exists()


def test_a_confirmation_leaves_the_text_its_history_and_a_draft_as_they_were(people, article):
    article.title = "Only in the draft"
    article.save_revision()
    before = PageChange.objects.count()

    reviews.confirm(article, by=people["lawyer"])

    page = fresh(article)
    assert page.title == "Assessment"
    assert page.get_latest_revision_as_object().title == "Only in the draft"
    assert page.changed_at == article.changed_at
    assert PageChange.objects.count() == before


def test_a_second_click_does_nothing_twice(client, people, article):
    client.force_login(people["lawyer"])
    for _click in range(2):
        post(client, article)

    assert PageReview.objects.filter(outcome="confirmed").count() == 3
    assert PageLogEntry.objects.filter(action="content.review").count() == 3


def test_a_language_that_is_withdrawn_is_not_confirmed(people, article):
    finnish = GuidanceArticlePage.objects.get(
        translation_key=article.translation_key, locale__language_code="fi"
    )
    finnish.unpublish()

    assert len(reviews.confirm(article, by=people["lawyer"])) == 2
    assert not PageReview.objects.filter(page=finnish, outcome="confirmed").exists()


def test_what_was_published_after_the_form_was_opened_is_to_be_looked_at_again(
    client, people, article
):
    client.force_login(people["lawyer"])
    seen = PageChange.objects.order_by("pk").last().pk
    publish(article, ChangeKind.MINOR, "")

    response = post(client, article, seen=seen)

    assert response.url == reverse("content_reviews:confirm", args=[article.pk])
    assert not PageReview.objects.filter(outcome="confirmed").exists()


def test_open_checks_after_changes_of_the_law_are_confirmed_with_the_page(people):
    section = SectionFactory()
    page = ArticleFactory(body=[law_box(section)])
    change = AmendmentEffectFactory(section=section)
    ImpactReview.objects.create(
        effect=change,
        kind="guidance",
        subject=str(page.pk),
        thing=str(page.translation_key),
        owner="editor",
    )

    reviews.confirm(page, by=people["editor"], note="Still so.")

    check = ImpactReview.objects.get()
    assert (check.state, check.done_by, check.note) == ("confirmed", people["editor"], "Still so.")


def test_those_who_may_not_publish_see_what_is_due_and_cannot_confirm(client, people, article):
    client.force_login(people["statistician"])
    address = reverse("content_reviews:confirm", args=[article.pk])

    assert '<form method="post" novalidate' not in client.get(address).content.decode()
    post(client, article)
    assert not PageReview.objects.filter(outcome="confirmed").exists()


def test_a_person_is_shown_what_they_confirm(client, people, article):
    client.force_login(people["lawyer"])

    html = client.get(reverse("content_reviews:confirm", args=[article.pk])).content.decode()

    for title in ("Arviointi", "Bedömning", "Assessment"):
        assert title in html
    assert html.count("Overdue") == 3


def test_the_page_offers_to_confirm_itself(client, people):
    page, theme = ArticleFactory(), ThemeFactory()
    client.force_login(people["editor"])

    def html(of):
        return client.get(reverse("wagtailadmin_pages:edit", args=[of.pk])).content.decode()

    assert reverse("content_reviews:confirm", args=[page.pk]) in html(page)
    assert "/cms/reviews/" + str(theme.pk) not in html(theme)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", "Tämän sivun tarkistus on myöhässä"),
        ("sv", "Granskningen av den här sidan är försenad"),
        ("en", "The review of this page is overdue"),
    ],
)
def test_an_overdue_page_says_so_to_readers_in_its_language(client, language, words):
    page = long_ago(language=language)

    assert words in client.get(page.url_path).content.decode()


def test_lists_say_which_pages_are_overdue(client):
    long_ago()

    assert "Review overdue" in client.get("/en/guidance/").content.decode()


def test_a_page_in_time_says_who_reviewed_it_and_when_the_next_is_due(client, people):
    with time_machine.travel("2026-03-31T12:00:00+03:00", tick=False):
        page = publish(ArticleFactory(keeper="lawyer"), user=people["lawyer"])
        html = client.get(page.url_path).content.decode().replace("\xa0", " ")

    assert "Reviewed on 31 March 2026 by the legal service" in html
    assert "Next review due in March 2027" in html
    assert "overdue" not in html


def report(client, query=""):
    response = client.get(reverse("content_reviews:index") + query)
    assert response.status_code == 200
    return response


def test_the_report_has_ones_own_roles_first_and_then_the_most_overdue(client, people):
    long_ago(title="Older, of the editors", keeper="editor")
    ArticleFactory(title="Of the lawyers", keeper="lawyer")
    client.force_login(people["lawyer"])

    titles = [page.title for page in report(client).context["object_list"]]

    assert titles == ["Of the lawyers", "Older, of the editors"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?when=overdue", {"Late"}),
        ("?when=30", {"Soon"}),
        ("?when=90", {"In two months"}),
        ("?when=later", {"About", "Suomeksi"}),
        ("?keeper=lawyer", {"Soon"}),
        ("?kind=informationpage", {"About"}),
        ("?language=fi", {"Suomeksi"}),
    ],
)
def test_the_report_is_narrowed(client, people, query, found):
    long_ago(title="Late")
    with time_machine.travel(timezone.now() - timedelta(days=350), tick=False):
        ArticleFactory(title="Soon", keeper="lawyer")
    with time_machine.travel(timezone.now() - timedelta(days=300), tick=False):
        ArticleFactory(title="In two months")
    InformationFactory(title="About")
    ArticleFactory(title="Suomeksi", language="fi")
    ArticleFactory(title="A draft", live=False)
    NewsFactory(title="News")
    client.force_login(people["editor"])

    assert {page.title for page in report(client, query).context["object_list"]} == found


def test_a_page_is_one_row_with_its_languages_in_it(client, people, article):
    ArticleFactory(title="In time")
    client.force_login(people["lawyer"])

    late, in_time = report(client).context["object_list"]

    assert [each.locale.language_code for each in late.versions] == ["fi", "sv", "en"]
    assert late.name == "Assessment"
    assert in_time.name == "In time"


def test_a_row_is_as_late_as_the_latest_of_its_languages_and_says_which(client, people, article):
    client.force_login(people["lawyer"])
    for version in reviews.versions_of(article):
        if version.language != "sv":
            publish(version, user=people["lawyer"])

    response = report(client)

    [row] = response.context["object_list"]
    assert row.due < timezone.localdate()
    assert [each.overdue for each in row.versions] == [False, True, False]
    assert 'lang="sv"' in response.content.decode()
    assert not report(client, "?when=later").context["object_list"]
    assert len(report(client, "?when=later&language=fi").context["object_list"]) == 1


def test_the_figures_count_a_page_once_and_lead_to_as_many_rows(client, people, article):
    long_ago(keeper="editor")
    ArticleFactory(keeper="lawyer")
    client.force_login(people["lawyer"])

    teams = report(client).context["teams"]

    assert [team.role for team in teams] == ["lawyer", "editor", "statistician", "programme"]
    assert teams[0].figures == {"overdue": 1, "30": 0, "90": 0, "later": 1}
    for team in teams:
        for when, number in team.figures.items():
            rows = report(client, f"?keeper={team.role}&when={when}").context["object_list"]
            assert len(rows) == number


def test_the_spreadsheet_has_a_line_a_page(client, people, article):
    client.force_login(people["lawyer"])

    sheet = client.get(reverse("content_reviews:index") + "?export=csv").getvalue().decode()

    [_headings, line] = sheet.splitlines()
    assert line.startswith('Assessment,"fi, sv, en",')


def test_six_pages_cost_the_report_and_the_first_page_the_queries_of_one(client, people):
    client.force_login(people["lawyer"])

    def of_both():
        pages = reverse("content_reviews:index"), reverse("wagtailadmin_home")
        return [queries_of_page(client, page) for page in pages]

    def in_two_languages():
        long_ago(keeper="lawyer", language="sv", together=long_ago(keeper="lawyer"))

    in_two_languages()
    of_one = of_both()
    for _more in range(5):
        in_two_languages()

    assert of_both() == of_one


def test_the_first_page_of_the_cms_says_how_many_each_team_has(client, people):
    long_ago(keeper="lawyer")
    client.force_login(people["lawyer"])

    html = client.get(reverse("wagtailadmin_home")).content.decode()

    assert "/cms/reviews/?keeper=lawyer&amp;when=overdue" in html


def test_a_superuser_without_a_role_acts_for_the_keeper():
    superuser = UserFactory(is_superuser=True)
    page = ArticleFactory(keeper="programme")

    [review] = reviews.confirm(page, by=superuser)

    assert review.role == "programme"


def test_each_language_says_that_it_is_overdue_only_when_another_is_not(client, people, article):
    client.force_login(people["lawyer"])
    address = reverse("content_reviews:index_results")
    assert client.get(address).content.decode().count("Overdue</span>") == 1

    publish(reviews.versions_of(article)[0], user=people["lawyer"])

    assert client.get(address).content.decode().count("Overdue</span>") == 3
