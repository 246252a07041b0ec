"""axe finds nothing: every template, three languages, phone and desk; some in dark and between.

In the suite axe looks at each page in each language once, on a phone or on a desk, at colours in
two of them, once on each, and at both that nothing scrolls sideways; `make prove` has axe look at
everything on both in each language.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from content.events.models import Event
from content.pages import models as pages
from content.questions.models import AnswerPage, Question, QuestionIndexPage
from content.questions.services import asking, casework
from content.questions.validity import Validity, of_validity
from law.models import Section
from monitoring.datasets.models import Dataset
from monitoring.indicators.models import Indicator
from partnership.commitments.services import reports
from partnership.organisations.models import Organisation, Period
from partnership.programme.models import Call, Measure, Offer
from portal.languages import LANGUAGES
from portal.notifications import links
from portal.places.models import Area
from tests.factories import questions as make
from tests.factories.accounts import UserFactory
from tests.factories.commitments import CommitmentFactory
from tests.factories.law import opened_change
from tests.factories.notices import FollowerFactory, FollowFactory
from tests.factories.partnership import JoinRequestFactory, MembershipFactory, RenewalFactory
from tests.proofs import PROVING

from .conftest import PASSWORD, sign_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.proof,
    pytest.mark.django_db(transaction=True),
]

PAGE_TYPES = [
    pages.HomePage,
    pages.GuidanceIndexPage,
    pages.ThemePage,
    pages.GuidanceArticlePage,
    pages.NewsIndexPage,
    pages.NewsPage,
    pages.AboutIndexPage,
    pages.InformationPage,
]
SECTION = {"number": 681, "year": 2023, "section": "14"}


def of_type(page_type, language):
    return page_type.objects.filter(locale__language_code=language).live().first().url


def histories(language):
    """The history of an article, a comparison in it, and a version."""
    page = pages.GuidanceArticlePage.objects.filter(locale__language_code=language).live().first()
    return [page.history_url, f"{page.history_url}?from=1&to=1", page.version_url]


def open_to_all(language):
    """One address of each template that a reader without an account can open, and its states."""
    with translation.override(language):
        search, join = reverse("search:results"), reverse("organisations:join")
        return [
            *(of_type(page_type, language) for page_type in PAGE_TYPES),
            *histories(language),
            reverse("law:index"),
            reverse("law:act", kwargs={"number": 681, "year": 2023}),
            reverse("law:section", kwargs=SECTION),
            f"{reverse('law:section', kwargs=SECTION)}?on=2025-06-01",
            f"{reverse('law:section', kwargs=SECTION)}?on=x",
            reverse("glossary:index"),
            f"{reverse('glossary:index')}?q=zzzz",
            f"{reverse('places:index')}?area=TA05",
            reverse("situation:page"),
            reverse("datasets:index"),
            *(
                reverse("places:area", kwargs={"key": key})
                for key in ("FI", "MK01", "TA05", "KU091")
            ),
            reverse("monitoring:index"),
            *(indicator.get_absolute_url() for indicator in Indicator.objects.all()[:3]),
            *(dataset.get_absolute_url() for dataset in Dataset.objects.published()[:1]),
            reverse("organisations:index"),
            f"{reverse('organisations:index')}?q=zzzz",
            Organisation.objects.visible_to(AnonymousUser()).first().get_absolute_url(),
            join,
            *of_the_programme(),
            *of_what_one_takes_part_in(),
            reverse("embed", args=["partners"]),
            reverse("feedback:form"),
            reverse("follow:start"),
            f"{reverse('follow:start')}?what=section:681/2023:14",
            reverse("follow:sent"),
            f"{reverse('follow:manage')}?key=x",
            *links_of_a_follower(language),
            reverse("feedback:opinion_thanks"),
            search,
            f"{search}?q=14",
            f"{search}?q=zzzzzz",
            f"/{language}/no-such-page/",
            f"{search}?page=x",
        ]


def of_the_programme():
    """The programme's page, and one of each kind of thing below it."""
    lists = ("index", "calls", "offers", "centres")
    centre = Area.objects.filter(kind=Area.Kind.DEVELOPMENT_CENTRE).first()
    return [
        *(reverse(f"programme:{name}") for name in lists),
        *(model.objects.first().get_absolute_url() for model in (Measure, Call, Offer)),
        reverse("programme:centre", args=[centre.key]),
    ]


def of_what_one_takes_part_in():
    """Events and learning: the lists, and one of each kind of thing below them."""
    event = Event.objects.published().coming().first()
    return [
        reverse("events:index"),
        event.get_absolute_url(),
        reverse("events:register", args=[event.slug]),
        reverse("content:skills"),
        "/certificates/0000-0000/",
    ]


def of_an_organisation(person):
    """Every page on which a person looks after a member and what it has promised and offers."""
    offer = Offer.objects.running().first()
    organisation = MembershipFactory(status="active", owner=person).organisation
    Offer.objects.filter(pk=offer.pk).update(organisation=organisation)
    renewal = RenewalFactory(
        membership=organisation.memberships.get(), period=Period.objects.last()
    )
    asked = JoinRequestFactory(organisation=organisation)
    share = CommitmentFactory(organisation=organisation).shares.get()
    report = reports.tell(share, progress="done", sentence="All began.", by=person)
    own = ("profile", "contacts", "confirm_own", "people", "leave", "year", "decision")
    return [
        reverse("desk"),
        reverse("organisations:bodies"),
        f"{reverse('organisations:bodies')}?q=Tampere",
        reverse("organisations:body", args=["KU091"]),
        reverse("organisations:mine"),
        *(reverse(f"organisations:{name}", args=[organisation.slug]) for name in own),
        reverse("organisations:join_request", args=[organisation.slug, asked.pk]),
        reverse("organisations:renewal", args=[renewal.key_for(person)]),
        reverse("programme:write_offer"),
        reverse("programme:own_offer", args=[offer.pk]),
        reverse("programme:edit_offer", args=[offer.pk]),
        reverse("programme:interest", args=[Call.objects.open_now().first().slug]),
        reverse("commitments:partners", args=[share.commitment_id]),
        reverse("commitments:share", args=[share.pk]),
        reverse("commitments:tell_own", args=[share.pk]),
        reverse("commitments:correct", args=[share.commitment_id]),
        reverse("commitments:ask_partner", args=[report.pk]),
    ]


def links_of_a_follower(language):
    """Where the letters lead: to confirm, to all that one follows, to stop."""
    follower = FollowerFactory(language=language)
    FollowFactory(follower=follower)
    waiting = FollowFactory(follower=follower, kind="area", subject="TA05", confirmed_at=None)
    return [
        link.removeprefix(settings.SITE_URL)
        for link in (
            links.confirming(waiting, frequency="daily", language=language),
            links.managing(follower),
            links.stopping(follower),
        )
    ]


def without_language():
    return ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/api/v1/docs"]


def signed_in(language):
    with translation.override(language):
        return [
            reverse("style"),
            reverse("organisations:join"),
            reverse("organisations:mine"),
            reverse("follow:mine"),
            f"{reverse('follow:start')}?what=section:681/2023:14",
            "/accounts/profile/",
            "/accounts/email/",
            "/accounts/password/change/",
            "/accounts/2fa/",
            "/accounts/3rdparty/",
            "/accounts/logout/",
        ]


WIDTHS = (360, 1280)
OF_THE_SUITE = {"fi": (360,), "sv": (1280,), "en": (360,)}


def violations(page, paths, widths=WIDTHS, scheme="light"):
    """What axe says of each address, one line a rule, and where it scrolls sideways."""
    found = []
    page.emulate_media(color_scheme=scheme)
    for path in paths:
        page.goto(path)
        found += [f"{scheme}: {line}" for line in here(page, widths=widths)]
    return found


def here(page, part=None, widths=WIDTHS):
    """The same of the page as it stands, without opening it anew."""
    found = []
    language = page.evaluate("document.documentElement.lang")
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{page.url} {width}: scrolls sideways")
        if widths == WIDTHS and not PROVING and width not in OF_THE_SUITE.get(language[:2], WIDTHS):
            continue
        coloured = PROVING or language[:2] != "en" or widths != WIDTHS
        rules = {} if coloured else {"rules": {"color-contrast": {"enabled": False}}}
        for rule in Axe().run(page, context=part, options=rules).response["violations"]:
            where = [node["target"] for node in rule["nodes"]][:3]
            found.append(f"{page.url} {width}: {rule['id']} {where}")
    return found


@pytest.fixture
def page(browser, live_server, starter_site):
    context = browser.new_context(base_url=live_server.url)
    yield context.new_page()
    context.close()


@pytest.mark.timeout(900)
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing(page, live_server, language):
    page.context.add_cookies([{"name": "language", "value": language, "url": live_server.url}])
    found = violations(page, [*open_to_all(language), *without_language()])
    sign_in(page, UserFactory(is_superuser=True, language=language, password=PASSWORD))
    found += violations(page, signed_in(language))

    assert found == []


@pytest.mark.timeout(600)
@pytest.mark.parametrize("language", LANGUAGES if PROVING else ["sv"])
def test_axe_finds_nothing_where_one_looks_after_an_organisation(page, client, language):
    person = UserFactory(language=language, password=PASSWORD)
    with translation.override(language):
        addresses = of_an_organisation(person)
    client.force_login(person)
    assert [one for one in addresses if client.get(one).status_code != 200] == []
    sign_in(page, person)

    assert violations(page, addresses) == []


@pytest.mark.timeout(300)
@pytest.mark.parametrize("language", LANGUAGES if PROVING else ["fi"])
def test_axe_finds_nothing_in_the_dark_and_between_phone_and_desk(page, language):
    home, article = of_type(pages.HomePage, language), of_type(pages.GuidanceArticlePage, language)
    found = violations(page, [home], (768,))
    sign_in(page, UserFactory(is_superuser=True, language=language, password=PASSWORD))
    with translation.override(language):
        style = reverse("style")
    found += violations(page, [home, article, style], (360, 768, 1280), "dark")

    assert found == []


@pytest.mark.timeout(300)
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_in_what_opens_on_an_article(page, language):
    page.goto(of_type(pages.GuidanceArticlePage, language))
    page.locator(".opinion summary").click()
    page.locator(".prose a.section-link").first.click()
    page.wait_for_selector(".law-inline:not([aria-busy])")
    page.locator(".term a").first.focus()
    assert page.locator(".term__means").first.is_visible()

    found = Axe().run(page).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["target"]) for rule in found] == []
    page.locator(".opinion details button").click()
    found = Axe().run(page).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["target"]) for rule in found] == []


def states_of_answers(language):
    """An answer that is valid, one that is being checked and one that has been replaced."""
    for name, key in (("Later", "later"), ("Earlier", "earlier")):
        make.answer_page(language, title=f"{name} answer", slug=f"{key}-answer")
    answers = AnswerPage.objects.live().filter(locale__language_code=language)
    answers.filter(slug="earlier-answer").update(replaced_by=answers.get(slug="later-answer"))
    return [of_validity(answers, validity).first().url for validity in Validity]


@pytest.mark.timeout(900)
@pytest.mark.parametrize("language", LANGUAGES if PROVING else ["fi"])
def test_axe_finds_nothing_on_answers_and_where_one_asks(page, live_server, language):
    page.context.add_cookies([{"name": "language", "value": language, "url": live_server.url}])
    opened_change(section=Section.objects.get(number="14"))
    index = of_type(QuestionIndexPage, language)
    with translation.override(language):
        form, mine = reverse("questions:ask"), reverse("questions:mine")
    public = [
        index,
        f"{index}?validity=checking",
        f"{index}?validity=replaced&section=681/2023:14",
        f"{index}?validity=x",
        form,
    ]
    found = violations(page, [*public, *states_of_answers(language)])
    sign_in(page, UserFactory(language=language, password=PASSWORD))
    found += violations(page, [mine, form])
    page.fill("[name=title]", "131052-308T")
    page.fill("[name=text]", "Section 14, § 16: " + "seventy " * 70)
    page.locator(".findings").wait_for()
    page.locator(".matches").wait_for()
    found += here(page)
    page.locator("main form button[type=submit]:not([name])").last.click()
    page.locator(".error-summary").wait_for()
    found += here(page)
    found += violations(page, [mine])

    assert found == []


def a_question_in_each_state(asker, lawyer):
    """One of the asker's in each state of the map; the lawyer has those that somebody has."""
    section = Section.objects.get(act__number=681, number="14")
    of_asker = {"asker": asker, "sections": [section]}
    make.ask(by=asker, title="A question as long as its short words may be " * 4)
    casework.ask_back(make.ask(by=asker), by=lawyer, text="Is the spouse a resident?")
    asking.withdraw(make.ask(by=asker), by=asker)
    casework.close(make.ask(by=asker), by=lawyer, reason="This is one client’s case.")
    casework.hand_over(make.ask(by=asker), by=lawyer, authority="Another", reason="Theirs.")
    make.triaged(**of_asker)
    for maker in (make.assigned, make.drafted, make.answered, make.prepared):
        maker(by=lawyer, **of_asker)
    make.checked(checker=lawyer, **of_asker)
    published = make.published(by=lawyer, **of_asker)
    casework.merge(make.ask(by=asker), by=lawyer, into=published, reason="")
    questions = Question.objects.order_by("pk")
    assert {question.state for question in questions} == {*Question.State}
    return questions


@pytest.mark.timeout(900)
@pytest.mark.parametrize("language", LANGUAGES if PROVING else ["fi"])
def test_axe_finds_nothing_on_questions_in_any_state(page, live_server, monkeypatch, language):
    monkeypatch.setattr(Question, "MOST_A_DAY", 100)
    page.context.add_cookies([{"name": "language", "value": language, "url": live_server.url}])
    asker = UserFactory(language=language, password=PASSWORD)
    lawyer = UserFactory(role="lawyer", language=language, password=PASSWORD)
    questions = a_question_in_each_state(asker, lawyer)
    opened_change(section=Section.objects.get(number="14"))
    with translation.override(language):
        own = [reverse("questions:mine"), *(one.get_absolute_url() for one in questions)]
        own.append(reverse("questions:withdraw", kwargs={"number": questions[0].slug}))
    desk = reverse("legal_questions:index")
    desks = [desk, f"{desk}?state=closed&overdue=1", f"{desk}figures/"]
    desks += [reverse("legal_questions:inspect", args=[one.pk]) for one in questions]

    sign_in(page, asker)
    found = violations(page, own)
    page.context.clear_cookies()
    sign_in(page, lawyer)
    for address in desks:
        page.goto(address)
        found += here(page, "main")

    assert found == []


def test_every_page_type_is_visited():
    models = apps.get_app_config("content").get_models()

    assert {model for model in models if issubclass(model, Page)} == set(PAGE_TYPES)
