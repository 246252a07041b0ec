"""A question is asked, answered by two lawyers, published, overtaken by the law and confirmed."""

import json

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils.text import slugify
from django.utils.translation import override
from playwright.sync_api import expect

from content.questions.models import AnswerPage, Question
from content.questions.validity import Validity
from law.models import Section
from portal.languages import LANGUAGES
from search.queue import drain
from tests.factories.accounts import UserFactory

from .conftest import PASSWORD, searched, sign_in, the_worker_takes_a_turn, translate

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "Do the three years wait for a long illness?"
ANSWERED = "From which day are the three years counted?"  # of the starter content
CODE = "131052-308T"  # an invented code with a right check character
TEXT = "May the assessment be made later than three years after the first permit, because of an"
ANSWER = "The Act has no exception for an illness. The three years count from the first permit."
WORDS = {  # the title, summary, question and answer of a translation, and a search that finds it
    "fi": (
        "Osaamisen arviointi pitkän sairauden jälkeen",
        "Kunta kysyy, siirtääkö sairaus määräaikaa.",
        "Kunta kysyy, siirtääkö sairaus kolmen vuoden määräaikaa.",
        "Laissa ei ole poikkeusta sairauden vuoksi.",
        "/fi/haku/?q=sairauksista",
    ),
    "sv": (
        "Bedömning av kompetens efter en lång sjukdom",
        "En kommun frågar om en sjukdom flyttar tidsfristen.",
        "En kommun frågar om en sjukdom flyttar tidsfristen på tre år.",
        "Lagen har inget undantag för sjukdom.",
        "/sv/sok/?q=sjukdomarna",
    ),
    "en": (TITLE, "/en/search/?q=illnesses"),
}
AMENDMENT = {
    "amends": "681/2023",
    "number": "9001/2027",
    "given_on": "2027-01-15",
    "in_force_from": "2027-03-01",
    "source": "An invented amending act",
    "changed": [
        {
            "number": "14",
            "heading": {"fi": "Arviointi", "sv": "Bedömning"},
            "text": {
                "fi": ["Arviointi voidaan tehdä myöhemmin, jos asiakas on ollut sairaana."],
                "sv": ["Bedömningen kan göras senare, om klienten har varit sjuk."],
            },
        }
    ],
}


@pytest.fixture
def people(starter_site, window):
    """The asker and the two lawyers, each signed in at a window of their own."""
    drain()
    pages = [window(locale="en-GB") for _person in range(3)]
    roles = (None, "lawyer", "lawyer")
    names = ("asker", "lawyer", "lawyer2")
    for page, role, name in zip(pages, roles, names, strict=True):
        page.set_default_timeout(30_000)
        user = UserFactory(role=role, email=f"{name}@example.org", password=PASSWORD)
        sign_in(page, user)
    return pages


def the_letter(mailoutbox, about):
    """The only letter that has been sent since the last look; it says what it is about."""
    the_worker_takes_a_turn()
    [letter] = mailoutbox
    mailoutbox.clear()
    assert about in letter.subject
    assert letter.to == ["asker@example.org"]
    return letter


def ask(page):
    """Ask; be shown what may answer it, take a code away, confirm a number, and send."""
    page.goto("/en/questions/ask/")
    page.fill("[name=title]", TITLE)
    page.fill("[name=text]", f"{TEXT} illness?\n\nThe client {CODE}. Our switchboard: 09 123 4567.")
    page.select_option("[name=audience]", "municipality")

    match = page.locator(".matches").get_by_role("link", name=ANSWERED)
    expect(match).to_be_visible()
    expect(page.locator(".findings mark")).to_have_text([CODE, "09 123 4567"])
    page.get_by_role("button", name="send the question").click()

    expect(page.locator(".error-summary")).to_contain_text(CODE)
    expect(page.locator(".findings mark")).to_have_text([CODE, "09 123 4567"])
    assert not Question.objects.exists()
    page.fill("[name=text]", f"{TEXT} illness? Our switchboard: 09 123 4567.")
    expect(page.locator(".findings mark")).to_have_text(["09 123 4567"])
    page.get_by_label("“09 123 4567”").check()
    expect(page.locator(".findings--done")).to_be_visible()
    page.get_by_role("button", name="send the question").click()

    expect(page.locator("h1")).to_have_text(TITLE)
    question = Question.objects.get()
    expect(page.locator(".facts")).to_contain_text(question.number)
    return question


def sort_and_draft(page):
    """The first lawyer sorts the question, takes it and writes the answer on section 14."""
    page.goto("/cms/legal-questions/")
    page.get_by_role("link", name=TITLE).first.click()
    sorting = page.locator("form", has=page.get_by_role("button", name="Sort and put in the"))
    sorting.get_by_label("Theme").select_option(index=1)
    sorting.get_by_role("button").last.click()
    page.get_by_role("button", name="I will answer this").click()
    answer = page.locator("form", has=page.get_by_role("button", name="Submit for checking"))
    answer.get_by_label("Answer to the asker").fill(ANSWER)
    rests_on_section_14(answer)
    answer.get_by_role("button", name="Submit for checking").click()
    expect(page.locator(".messages")).to_contain_text("waits for the second lawyer")


def rests_on_section_14(form):
    section = Section.objects.get(act__number=681, number="14")
    box = form.page.locator(f"input[name=sections][value='{section.pk}']")
    form.locator("details", has=box).locator("summary").click()
    form.locator(box).check()


def try_to_check_ones_own(page):
    """The page offers no check; a lawyer who sends the move all the same is refused."""
    expect(page.get_by_role("button", name="I will check this answer")).to_have_count(0)
    page.locator("button[value=take_back]").evaluate("button => (button.value = 'claim_check')")
    page.locator("button[value=claim_check]").click()
    expect(page.locator(".messages")).to_contain_text("another lawyer has to check it")
    assert Question.objects.get().state == Question.State.DRAFTED


def check_and_send(page):
    page.goto("/cms/legal-questions/")
    page.get_by_role("link", name=TITLE).first.click()
    page.get_by_role("button", name="I will check this answer").click()
    page.get_by_role("button", name="Approve and send").click()
    expect(page.locator(".messages")).to_contain_text("sent to the asker")


def publish(page, other):
    """Rewritten for everyone and translated to two languages; the other lawyer publishes each."""
    page.reload()
    form = page.locator("form", has=page.get_by_role("button", name="The text is ready"))
    asked = form.get_by_label("The question, without anything of the asker")
    asked.fill(f"May it be made later? Ask {CODE}.")
    form.get_by_role("button", name="The text is ready").click()
    expect(page.locator("mark")).to_have_text([CODE])
    asked.fill("A municipality asks whether an illness moves the time of three years.")
    form.get_by_role("button", name="The text is ready").click()
    other.goto(page.url)
    other.get_by_role("button", name="Publish the answer").click()
    expect(other.locator(".messages")).to_contain_text("has been published")
    answer = AnswerPage.objects.get(title=TITLE)

    page.goto(f"/cms/localize/submit/page/{answer.pk}/")
    for language in ("suomi", "svenska"):
        page.get_by_label(language).check()
    page.get_by_role("button", name="Submit").click()
    page.wait_for_url("**/cms/pages/**")
    for language in ("fi", "sv"):
        translation = AnswerPage.objects.get(
            translation_key=answer.translation_key, locale__language_code=language
        )
        page.goto(f"/cms/pages/{translation.pk}/edit/")
        title, *texts, _search = WORDS[language]
        translate(page, [title, *texts])
        page.get_by_role("tab", name="This change").click()
        translate(page, [title])
        page.get_by_role("tab", name="Address and schedule").click()
        translate(page, [slugify(title)])
        other.goto(page.url)
        other.get_by_role("button", name="Publish in").click()
        expect(other.locator(".messages")).to_contain_text(f"Published '{title}'")
    return AnswerPage.objects.filter(translation_key=answer.translation_key)


def found_by_an_inflected_word(page, answers):
    for language in LANGUAGES:
        title, *_texts, search = WORDS[language]
        assert title in searched(page, search)
        page.get_by_role("link", name=title).first.click()
        expect(page.locator("h1")).to_have_text(title)
        assert page.url.endswith(answers.get(locale__language_code=language).url_path)


def the_law_changes(tmp_path):
    file = tmp_path / "invented-9001-2027.json"
    file.write_text(json.dumps(AMENDMENT))
    call_command("import_law", str(file))


def each_says(page, answers, validity):
    """Each language says in public whether the answer holds, and so does the list."""
    for answer in answers.select_related("locale"):
        with override(answer.language):
            label = str(validity.label)
        page.goto(answer.url_path)
        expect(page.locator("article .tag").first).to_have_text(label)
        expect(page.locator(".law-banner")).to_have_count(int(validity == Validity.CHECKING))
        page.goto(answer.get_parent().url)
        expect(page.locator(".rows li", has_text=answer.title)).to_contain_text(label)


def confirm(page, answers):
    """A lawyer finds that the answer holds in spite of the change."""
    page.goto("/cms/law-changes/?owner=all")
    page.get_by_role("link", name="Section 14 ").click()
    thing = answers[0].translation_key
    form = page.locator("form", has=page.locator(f'input[value="{thing}"]'))
    form.get_by_label("Note").fill("The answer is read as before.")
    form.get_by_role("button").first.click()
    expect(page.locator(".messages")).to_contain_text("its banner is gone")


def test_a_question_is_answered_by_two_published_overtaken_by_the_law_and_confirmed(
    people, reader, mailoutbox, tmp_path
):
    asker, lawyer, lawyer2 = people
    question = ask(asker)
    assert question.number in the_letter(mailoutbox, "received").body
    sort_and_draft(lawyer)
    try_to_check_ones_own(lawyer)
    check_and_send(lawyer2)
    letter = the_letter(mailoutbox, "answered")
    assert ANSWER in letter.body
    [address] = [word for word in letter.body.split() if word.startswith(settings.SITE_URL)]
    asker.goto(address.removeprefix(settings.SITE_URL))
    expect(asker.locator("main")).to_contain_text(ANSWER)

    answers = publish(lawyer, lawyer2)
    found_by_an_inflected_word(reader, answers)
    each_says(reader, answers, Validity.VALID)
    the_law_changes(tmp_path)
    each_says(reader, answers, Validity.CHECKING)
    assert question.number in the_letter(mailoutbox, "being checked").body
    confirm(lawyer2, answers)

    each_says(reader, answers, Validity.VALID)
    assert question.number in the_letter(mailoutbox, "still holds").body
