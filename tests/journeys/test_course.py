"""A course on a phone: begun in Finnish, cut off in the middle of the test, finished in Swedish."""

import pytest
from playwright.sync_api import Error

from content.skills.models import Answer, Enrolment
from tests.factories.accounts import UserFactory
from tests.factories.courses import CourseFactory, heading, lesson_of, question

from .conftest import PASSWORD, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ASKED, *TESTED = (f"00000000-0000-4000-8000-0000000007{n}0" for n in range(3))
WORDS = {"fi": ("Kurssi", "Alku", "Kyllä"), "sv": ("Kurs", "Början", "Ja")}


def make():
    course, lesson = None, None
    for language, (title, beginning, yes) in WORDS.items():
        test = [question("one", f"*{yes}", "x", key=key) for key in TESTED]
        course = CourseFactory(
            language=language, title=title, slug=title.lower(), together=course, test=test
        )
        body = [heading(title, "part"), question("one", f"*{yes}", "x", key=ASKED)]
        lesson = lesson_of(course, beginning, body=body, together=lesson)


def test_begun_in_finnish_cut_off_in_the_test_and_finished_in_swedish(window):
    make()
    phone = window(width=360, locale="fi-FI")
    sign_in(phone, UserFactory(password=PASSWORD))
    phone.goto("/fi/osaaminen/kurssi/")
    phone.get_by_role("button", name="Aloita kurssi").click()
    phone.get_by_label("Kyllä").check()
    phone.get_by_role("button", name="Tarkista vastaus").click()
    phone.get_by_text("Vastauksesi on oikein").wait_for()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    phone.get_by_role("link", name="Samma ställe på svenska").last.click()
    phone.wait_for_url(f"**/sv/kompetens/kurs/borjan/#part-{ASKED}")
    phone.get_by_text("Ditt svar är rätt").wait_for()
    phone.get_by_role("button", name="Klar").click()

    phone.goto("/fi/osaaminen/kurssi/testi/")
    phone.get_by_role("button", name="Aloita koe").click()
    phone.get_by_label("Kyllä").check()
    phone.get_by_role("button", name="Vastaa").click()
    phone.get_by_role("progressbar", name="1/2 kysymykseen vastattu").wait_for()
    phone.get_by_label("Kyllä").check()
    phone.context.set_offline(True)
    with pytest.raises(Error):
        phone.get_by_role("button", name="Vastaa").click()
        phone.goto("/fi/osaaminen/kurssi/testi/")
    phone.context.set_offline(False)

    phone.goto("/sv/kompetens/kurs/prov/")
    phone.get_by_role("progressbar", name="1 av 2 frågor är besvarade").wait_for()
    phone.get_by_label("Ja").check()
    phone.get_by_role("button", name="Svara").click()
    phone.get_by_text("Du klarade provet").wait_for()
    phone.get_by_role("link", name="Kursen är genomförd").click()
    phone.get_by_text("Du genomförde kursen").wait_for()
    assert Enrolment.objects.get().completed_at
    assert Answer.objects.count() == 3
