from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, transaction
from django.utils import timezone

from portal.notices import letters, sending
from portal.notices.models import Letter
from tests.factories.notices import LetterFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(monkeypatch):
    """A mail server that raises what a test puts in `answers`, then takes letters."""
    answers = []

    def send_messages(self, messages):
        if answers:
            raise answers.pop(0)
        return real(self, messages)

    real = EmailBackend.send_messages
    monkeypatch.setattr(EmailBackend, "send_messages", send_messages)
    return answers


def later(**time):
    """Let so much time pass for the letters that wait."""
    for letter in Letter.objects.all():
        letter.not_before -= timedelta(**time)
        if letter.claimed_until:
            letter.claimed_until -= timedelta(**time)
        letter.save()


def test_letter_is_sent_once_with_an_id_made_of_its_key(mailoutbox):
    letter = LetterFactory()

    assert sending.send_next() == 1
    assert sending.send_next() == 0

    [sent] = mailoutbox
    letter.refresh_from_db()
    assert letter.sent_at is not None
    assert sent.to == [letter.to]
    assert sent.extra_headers["Message-ID"] == f"<{letter.key}@portal.example.org>"
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    assert sent.extra_headers["Content-Language"] == "en"


def test_html_part_says_the_same_with_links(mailoutbox):
    LetterFactory(text="First <b>line</b>.\n\nhttps://portal.example.org/sv/\n", language="sv")

    sending.send_next()

    [(html, kind)] = mailoutbox[0].alternatives
    assert kind == "text/html"
    assert '<html lang="sv">' in html
    assert "First &lt;b&gt;line&lt;/b&gt;." in html
    assert '<a href="https://portal.example.org/sv/"' in html


CLOSING = {
    "fi": "Tämän viestin lähetti",
    "sv": "Det här meddelandet",
    "en": "This message was sent by the integration portal. It cannot be answered.",
}


@pytest.mark.parametrize("language", CLOSING)
@pytest.mark.parametrize("html", ["", "<p>Own.</p>"])
def test_a_letter_closes_with_who_sent_it_in_the_language_of_its_reader(mailoutbox, language, html):
    """One with an HTML of its own closes itself, as the follow digest does."""
    LetterFactory(language=language, text="Words.\n", html=html)

    sending.send_next()

    [sent] = mailoutbox
    begins, _rule, closing = sent.body.partition("\n\n--\n")
    assert begins.strip() == "Words."
    assert (CLOSING[language] in closing) == (not html)


def test_letters_go_out_in_the_order_in_which_they_wait(mailoutbox):
    now = timezone.now()
    LetterFactory(to="second@example.org", not_before=now - timedelta(minutes=1))
    LetterFactory(to="first@example.org", not_before=now - timedelta(minutes=2))
    LetterFactory(to="not-yet@example.org", not_before=now + timedelta(minutes=1))

    while sending.send_next():
        pass

    assert [sent.to for sent in mailoutbox] == [["first@example.org"], ["second@example.org"]]


def test_claimed_letter_is_left_to_its_worker_until_the_claim_runs_out(mailoutbox):
    letter = LetterFactory()
    first = sending.claim()

    assert first == letter
    assert sending.send_next() == 0

    later(minutes=6)
    assert sending.send_next() == 1
    assert (
        mailoutbox[0].extra_headers["Message-ID"]
        == (sending.message_of(first).extra_headers["Message-ID"])
    )


def test_letter_waits_longer_after_each_failure(server, mailoutbox):
    letter = LetterFactory()
    server += [SMTPServerDisconnected("gone"), ConnectionRefusedError("no"), TimeoutError("slow")]
    pauses = []
    for _try in range(3):
        sending.send_next()
        letter.refresh_from_db()
        pauses.append(round((letter.not_before - timezone.now()).total_seconds() / 60))
        later(hours=1)

    assert pauses == [1, 4, 16]
    assert letter.error == "TimeoutError: slow"
    sending.send_next()
    letter.refresh_from_db()
    assert len(mailoutbox) == 1
    assert letter.error == ""


def test_letter_is_given_up_after_eight_tries(server, mailoutbox):
    letter = LetterFactory()
    server += [SMTPServerDisconnected("gone")] * 9
    while sending.send_next():
        later(days=1)

    letter.refresh_from_db()
    assert letter.attempts == 8
    assert letter.given_up_at is not None
    assert len(server) == 1
    assert mailoutbox == []


@pytest.mark.parametrize(("code", "given_up"), [(550, True), (450, False)])
def test_refused_reader_is_not_written_to_again(code, given_up, server):
    letter = LetterFactory()
    server += [SMTPRecipientsRefused({letter.to: (code, b"No such reader")})]

    sending.send_next()

    letter.refresh_from_db()
    assert (letter.given_up_at is not None) == given_up


def test_letter_that_cannot_be_written_down_does_not_hold_up_the_others(mailoutbox):
    broken = LetterFactory(subject="Two\nlines", not_before=timezone.now() - timedelta(hours=1))
    LetterFactory()

    while sending.send_next():
        pass

    broken.refresh_from_db()
    assert broken.given_up_at is not None
    assert len(mailoutbox) == 1


def test_old_letters_are_forgotten_but_not_those_that_wait():
    old = timezone.now() - timedelta(days=91)
    LetterFactory(created_at=old, sent_at=old)
    LetterFactory(created_at=old, given_up_at=old)
    waiting = LetterFactory(created_at=old)
    recent = LetterFactory(sent_at=timezone.now())

    sending.clear_old()

    assert set(Letter.objects.all()) == {waiting, recent}


def test_letter_is_written_in_the_language_of_its_reader(tmp_path, settings):
    folder = tmp_path / "letters" / "test"
    folder.mkdir(parents=True)
    (folder / "hello.subject.txt").write_text("{{ language }}\n  {{ name }}\n")
    (folder / "hello.txt").write_text("{% now 'F' %} {{ site_url }}")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]

    letter = letters.write(
        "test/hello", to="reader@example.org", language="fi", context={"name": "Aino"}
    )

    assert letter.subject == "fi Aino"
    assert letter.text.endswith("kuu https://portal.example.org\n")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_workers_take_different_letters_at_the_same_moment():
    first, second = LetterFactory.create_batch(2)

    def claim_elsewhere():
        try:
            return sending.claim(), sending.claim()
        finally:
            connection.close()

    with transaction.atomic(), ThreadPoolExecutor(1) as other_worker:
        ours = sending.claim()
        theirs, nothing_left = other_worker.submit(claim_elsewhere).result(timeout=10)

    assert {ours, theirs} == {first, second}
    assert nothing_left is None
