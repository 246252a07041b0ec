"""What every page of the site has around it, as readers get it."""

import gzip
import re
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from wagtail.models import Page

from portal import menu
from portal.caching.cache_version import asked_once
from portal.caching.fragments import cache
from portal.languages import LANGUAGES
from portal.templatetags import portal as tags_of_ours
from portal.views.errors import server_error
from portal.views.style import Sample
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
STYLE = {"en": "/en/about/style/", "fi": "/fi/tietoa/tyyli/", "sv": "/sv/om/stil/"}


class Tags(HTMLParser):
    """The start tags of a page, as (name, attributes)."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def of(self, tag_name, /, **wanted):
        wanted = {key.rstrip("_"): value for key, value in wanted.items()}
        return [
            attrs
            for tag, attrs in self.found
            if tag == tag_name and wanted.items() <= attrs.items()
        ]


@pytest.fixture(autouse=True)
def _menus_are_read_anew():
    cache.clear()


def tags(response):
    return Tags(response.content.decode())


def component(name, **context):
    source = f'{{% include "components/{name}" %}}'
    return Template(source).render(Context(context))


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_says_its_language_and_lets_its_menu_be_skipped(client, language):
    page = tags(client.get(f"/{language}/"))

    assert page.of("html") == [{"lang": language}]
    first_link = next(attrs for tag, attrs in page.found if tag == "a")
    assert first_link == {"class": "skip-link", "href": "#main"}
    assert len(page.of("main", id="main")) == 1
    assert len(page.of("h1")) == 1


@pytest.mark.parametrize("path", ["/en/", "/fi/", "/sv/laki/", "/sv/lag/", "/en/areas/", "/en/no/"])
def test_reader_without_an_account_leaves_no_trace(client, path):
    response = client.get(path)

    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies


def test_switch_leads_to_the_same_thing_in_the_other_languages(client):
    page = tags(client.get("/en/law/"))

    switch = {link["hreflang"]: link["href"] for link in page.of("a") if "hreflang" in link}
    assert switch == {"fi": "/fi/laki/", "sv": "/sv/lag/", "en": "/en/law/"}
    alternates = {link["hreflang"]: link["href"] for link in page.of("link", rel="alternate")}
    assert alternates["sv"] == "https://portal.example.org/sv/lag/"
    assert page.of("link", rel="canonical")[0]["href"] == "https://portal.example.org/en/law/"


def test_an_address_is_translated_once_and_keeps_each_readers_own_parameters(client, monkeypatch):
    asked = []
    monkeypatch.setattr(tags_of_ours, "translate_url", lambda *given: asked.append(given) or "/x/")
    tags_of_ours._translated.cache_clear()

    pages = [tags(client.get("/en/search/", {"q": word})) for word in ("one", "two")]
    tags_of_ours._translated.cache_clear()

    assert len(asked) == 3
    for page, word in zip(pages, ("one", "two"), strict=True):
        switch = {link["href"] for link in page.of("a") if "hreflang" in link}
        assert switch == {f"/x/?q={word}"}


def test_page_that_is_not_in_a_language_says_so_in_that_language(client):
    Page.objects.get(url_path="/sv/nyheter/").unpublish()

    response = client.get("/fi/uutiset/")

    [told] = tags(response).of("p", class_="not-in-language")
    assert told["lang"] == "sv"
    with translation.override("sv"):
        assert translation.gettext("This page is not available in Swedish.") in (
            response.content.decode()
        )
    assert not tags(response).of("a", href="/sv/nyheter/")


def test_menu_costs_one_query_and_then_none(django_assert_num_queries):
    with asked_once():
        with django_assert_num_queries(3):  # the version, the pages, and which of them are private
            menu.pages("fi")
        with django_assert_num_queries(0):
            menu.pages("fi")


def test_the_foot_names_the_about_page_once_and_leads_to_the_glossary(client):
    page = client.get("/fi/laki/").content.decode()
    foot = page[page.index("<footer") :]

    assert foot.count('href="/fi/tietoa/"') == 1
    assert foot.count('href="/fi/sanasto/"') == 1


def test_a_date_keeps_together_on_its_line():
    day = datetime(2027, 1, 14, 9, 5)

    said = {"fi": "14.1.2027", "sv": "14 januari 2027", "en": "14 January 2027"}

    for language, words in said.items():
        with translation.override(language):
            assert date_format(day, "DATE_FORMAT") == words.replace(" ", "\u00a0")
            assert " " not in date_format(day, "DATETIME_FORMAT")


def test_allauth_speaks_the_portal_s_words():
    for language, words in {"fi": "Pääsyavain", "sv": "Inloggningsnyckel"}.items():
        with translation.override(language):
            assert translation.gettext("Passkey") == words


def test_menu_follows_what_is_published(client):
    assert tags(client.get("/fi/laki/")).of("a", href="/fi/uutiset/")

    page = Page.objects.get(url_path="/fi/uutiset/").specific
    page.unpublish()
    assert not tags(client.get("/fi/laki/")).of("a", href="/fi/uutiset/")

    page.save_revision().publish()
    assert tags(client.get("/fi/laki/")).of("a", href="/fi/uutiset/")


def test_menu_has_questions_beside_the_law_and_what_the_service_is_in_the_foot(client):
    page = client.get("/en/law/").content.decode()

    first = page.index('class="menu"')
    top = re.findall(r'href="/en/([\w/-]+)/"', page[first : page.index("</ul>", first)])
    assert top[:5] == ["guidance", "law", "questions", "programme", "partners"]
    assert "about" not in top
    assert tags(client.get("/en/law/")).of("a", href="/en/about/")
    assert tags(client.get("/en/law/")).of("a", href="/api/v1/docs")


def test_no_link_of_the_frame_is_dead(client):
    links = {a["href"] for a in tags(client.get("/en/no-such-page/")).of("a")}

    for href in sorted(link for link in links if link.startswith("/")):
        assert client.get(href).status_code in {200, 302}, href


@pytest.mark.parametrize("language", LANGUAGES)
def test_style_page_has_every_component_for_those_who_work_here(client, language):
    client.force_login(UserFactory(is_superuser=True))

    response = client.get(STYLE[language])

    assert response.status_code == 200
    for name in ("alert--error", "pager", "empty", "error-summary", "filters", "facts", "card"):
        assert f'class="{name}' in response.content.decode() or f" {name}" in (
            response.content.decode()
        )


def test_every_reference_of_the_style_page_points_at_something(client):
    client.force_login(UserFactory(is_superuser=True))

    page = tags(client.get(STYLE["en"]))

    ids = [attrs["id"] for _tag, attrs in page.found if "id" in attrs]
    assert len(ids) == len(set(ids))
    for _tag, attrs in page.found:
        for name in ("for", "aria-describedby", "aria-labelledby"):
            assert set(attrs.get(name, "").split()) <= set(ids), attrs
        if attrs.get("href", "").startswith("#"):
            assert attrs["href"][1:] in ids, attrs


def test_error_summary_leads_to_each_field_that_is_wrong():
    form = Sample({})

    html = component("error_summary.html", form=form)

    fields = {attrs.get("id") for _tag, attrs in Tags(str(form)).found}
    targets = [link["href"][1:] for link in Tags(html).of("a")]
    assert len(targets) == len(form.errors)
    assert set(targets) <= fields


def test_wrong_field_is_tied_to_its_hint_and_its_error():
    html = str(Sample({"business_id": ""}))

    [field] = Tags(html).of("input", name="business_id")
    assert field["aria-invalid"] == "true"
    assert field["aria-describedby"] == "id_business_id_helptext id_business_id_error"


def test_what_a_person_typed_is_shown_as_text():
    html = component("alert.html", kind="info", text="<script>alert(1)</script>")

    assert "<script" not in html


@pytest.mark.parametrize(
    ("number", "expected"), [(1, "1 2 … 20"), (7, "1 … 6 7 8 … 20"), (20, "1 … 19 20")]
)
def test_pager_keeps_what_was_asked_and_leaves_pages_out(number, expected):
    request = RequestFactory().get("/", {"q": "kunta", "page": number})
    page_obj = Paginator(range(200), 10).page(number)
    html = Template('{% include "components/pager.html" with page_obj=page_obj only %}').render(
        RequestContext(request, {"page_obj": page_obj})
    )

    shown = re.sub(r"<span.*?</span>", "", html)
    assert re.findall(r"<li[^>]*>(?:<a[^>]*>)?(\d+|…)<", shown) == expected.split()
    assert all("q=kunta" in link["href"] for link in Tags(html).of("a"))


def test_language_is_remembered_where_the_address_has_none(client):
    response = client.get(reverse("language"), {"language": "sv", "next": "/accounts/login/"})

    assert response["Location"] == "/accounts/login/"
    assert client.get("/accounts/login/")["Content-Language"] == "sv"


def test_language_choice_of_a_signed_in_person_is_the_accounts(client):
    person = UserFactory(language="fi")
    client.force_login(person)

    client.post(reverse("language"), {"language": "sv", "next": "/accounts/email/"})

    person.refresh_from_db()
    assert person.language == "sv"


@pytest.mark.parametrize("next_address", ["https://elsewhere.example.org/", "//elsewhere", ""])
def test_language_choice_leads_nowhere_else(client, next_address):
    response = client.get(reverse("language"), {"language": "en", "next": next_address})

    assert response["Location"] == "/en/"


def test_unknown_language_is_named(client):
    response = client.get(reverse("language"), {"language": "xx"})

    assert response.status_code == 400
    assert "language" in response.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_error_pages_speak_the_language_of_the_address(client, language):
    response = client.get(f"/{language}/no-such-page/")

    assert response.status_code == 404
    page = tags(response)
    assert page.of("html") == [{"lang": language}]
    assert page.of("meta", name="robots", content="noindex")
    assert not page.of("link", rel="canonical")


def test_server_error_page_needs_no_database(django_assert_num_queries, rf):
    with django_assert_num_queries(0):
        response = server_error(rf.get("/sv/"))

    assert response.status_code == 500
    assert Tags(response.content.decode()).of("html") == [{"lang": "sv"}]


def test_first_load_of_the_home_page_is_light(client):
    response = client.get("/fi/")
    page = tags(response)

    files = {link["href"] for link in page.of("link") if link.get("rel") != "canonical"}
    files |= {script["src"] for script in page.of("script")}
    files |= {image["src"] for image in page.of("img")}
    own = [file for file in files if file.startswith("/static/")]
    weight = len(gzip.compress(response.content)) + sum(
        len(gzip.compress(Path(finders.find(file.removeprefix("/static/"))).read_bytes()))
        for file in own
    )
    assert len(own) + 1 <= 10
    assert weight <= 120_000


@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("law:index", [("Home", "/en/"), ("Law", None)]),
        ("organisations:index", [("Home", "/en/"), ("Partners", None)]),
        (
            "organisations:mine",
            [("Home", "/en/"), ("Partners", "/en/partners/"), ("My organisations", None)],
        ),
        (
            "questions:mine",
            [("Home", "/en/"), ("Legal questions", "/en/questions/"), ("My questions", None)],
        ),
    ],
)
def test_the_way_to_a_page_begins_at_home_and_ends_at_the_page_without_a_link(name, way, client):
    client.force_login(UserFactory())
    with translation.override("en"):
        address = reverse(name)

    page = BeautifulSoup(client.get(address).content, "html.parser")

    steps = page.select("nav.breadcrumb li > *")
    assert [(step.text, step.get("href")) for step in steps] == way
    assert [bool(step.get("aria-current")) for step in steps] == [*[False] * (len(way) - 1), True]


def test_breadcrumbs_are_drawn_in_one_template_and_shown_by_the_frame():
    templates = Path(settings.BASE_DIR / "templates")

    def with_words(words):
        return [
            str(file.relative_to(templates))
            for file in templates.rglob("*.html")
            if words in file.read_text()
        ]

    assert with_words('class="breadcrumb"') == ["components/breadcrumb.html"]
    assert with_words("components/breadcrumb.html") == ["base.html"]


def drawn(words, **context):
    return Template(words).render(Context(context))


def test_a_fact_is_a_term_and_what_is_said_of_it():
    words = '{% fact term lang="sv" %}<b>{{ said }}</b>{% endfact %}'

    html = drawn(words, term="Name & kind", said="Kommun <b>")

    assert html == '<dt>Name &amp; kind</dt><dd lang="sv"><b>Kommun &lt;b&gt;</b></dd>'


def test_a_section_header_names_the_section_and_leads_on():
    words = '{% section_header "news" title %}<a href="/en/news/">All</a>{% endsection_header %}'

    html = drawn(words, title="News <new>")

    assert '<h2 id="news">News &lt;new&gt;</h2><a href="/en/news/">All</a>' in html


def test_a_move_is_a_form_of_its_own_with_its_button():
    words = '{% move "close" button kind="no" again=True %}<b>{{ said }}</b>{% endmove %}'

    html = drawn(words, button="Close & tell", said="<why>", csrf_token="t0ken")

    assert html == (
        '<form method="post" novalidate class="w-mt-8">'
        '<input type="hidden" name="csrfmiddlewaretoken" value="t0ken"><b>&lt;why&gt;</b>'
        '<button class="button no" name="move" value="close">Close &amp; tell</button></form>'
    )
    assert '<form method="post" novalidate><input' in drawn(
        '{% move "claim" "Take" %}{% endmove %}', csrf_token="t0ken"
    )


def test_a_line_of_a_letter_is_one_line_however_its_template_is_written():
    words = "{% oneline %}\n  {{ day }} ·\n\n  {{ verb }}: {{ title }}\n{% endoneline %} end"

    assert drawn(words, day="1.2.", verb="New", title="A  b") == "1.2. · New: A  b end"
