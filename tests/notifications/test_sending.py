from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from smtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
)

import pytest
import time_machine
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from portal.mail import outbox, sending
from portal.mail.models import Letter, MailTrouble
from tests.factories.notices import LetterFactory

pytestmark = pytest.mark.django_db


def full(letter):
    """The answer of a mailbox that may have room again."""
    return SMTPRecipientsRefused({letter.to: (552, b"5.2.2 mailbox full")})


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
    server += [full(letter)] * 3
    pauses = []
    for _try in range(3):
        sending.send_due()
        letter.refresh_from_db()
        pauses.append(round((letter.not_before - timezone.now()).total_seconds() / 60))
        later(hours=1)

    assert pauses == [1, 4, 16]
    assert letter.error.startswith("SMTPRecipientsRefused")
    sending.send_due()
    letter.refresh_from_db()
    assert len(mailoutbox) == 1
    assert (letter.error, letter.attempts) == ("", 4)


def test_letter_is_given_up_after_eight_tries(server, mailoutbox):
    letter = LetterFactory()
    server += [full(letter)] * 9
    while sending.send_due():
        later(days=1)

    letter.refresh_from_db()
    assert letter.attempts == 8
    assert letter.given_up_at is not None
    assert len(server) == 1
    assert mailoutbox == []


def test_reader_who_is_not_there_is_not_written_to_again_and_the_next_letter_goes(
    server, mailoutbox
):
    letter, other = LetterFactory.create_batch(2)
    server += [SMTPRecipientsRefused({letter.to: (550, b"5.1.1 No such user")})]

    sending.send_due()

    letter.refresh_from_db()
    assert letter.given_up_at is not None
    assert [sent.to for sent in mailoutbox] == [[other.to]]


TROUBLES = {
    "away": ConnectionRefusedError("no"),
    "relay": SMTPRecipientsRefused({"x@example.org": (554, b"5.7.1 Relay access denied")}),
    "closing": SMTPRecipientsRefused({"x@example.org": (421, b"4.7.0 too many")}),
    "sign-in": SMTPAuthenticationError(535, b"5.7.8 no"),
    "sender": SMTPSenderRefused(550, b"5.7.1 no", "portal@example.org"),
    "policy": SMTPDataError(554, b"5.7.1 spam"),
}


@pytest.mark.parametrize("kind", TROUBLES)
def test_server_in_trouble_ends_the_turn_and_costs_no_letter_a_try(kind, server, mailoutbox):
    waiting = LetterFactory.create_batch(3)
    server += [TROUBLES[kind]] * 40

    for _turn in range(30):
        sending.send_due()
        assert len(server) == 39 - _turn, "one letter is tried in a turn"
        later(days=1)
        MailTrouble.objects.update(seen_at=timezone.now() - timedelta(hours=1))

    for letter in Letter.objects.filter(pk__in=[one.pk for one in waiting]):
        assert (letter.attempts, letter.given_up_at, letter.claimed_until) == (0, None, None)
    server.clear()
    sending.send_due()
    assert len(mailoutbox) == 3
    assert MailTrouble.now() is None


def test_trouble_says_since_when_and_the_server_is_left_alone_for_a_while(server):
    LetterFactory.create_batch(2)
    server += [TROUBLES["away"]] * 4
    with time_machine.travel(timezone.now(), tick=False) as clock:
        began = timezone.now()
        sending.send_due()
        sending.send_due()
        assert len(server) == 3, "no second try at once"
        clock.shift(timedelta(seconds=31))
        sending.send_due()
        trouble = MailTrouble.now()

        assert len(server) == 2
        assert trouble.since == began
        assert trouble.next_try - trouble.seen_at == timedelta(seconds=31)
        assert trouble.error == "ConnectionRefusedError: no"
        clock.shift(timedelta(hours=30))
        sending.send_due()
        trouble = MailTrouble.now()
        assert trouble.next_try - trouble.seen_at == timedelta(minutes=15)


def test_a_letter_that_met_trouble_does_not_stand_before_the_others(server, mailoutbox):
    first, second = LetterFactory.create_batch(2)
    server += [TROUBLES["policy"]]
    sending.send_due()
    MailTrouble.objects.update(seen_at=timezone.now() - timedelta(hours=1))

    sending.send_due()

    assert [sent.to for sent in mailoutbox] == [[second.to]]
    first.refresh_from_db()
    assert first.sent_at is None


def test_a_server_that_closes_after_some_letters_is_in_no_trouble(server, mailoutbox):
    LetterFactory.create_batch(3)
    real = EmailBackend.send_messages

    def closing(self, messages):
        if mailoutbox:
            raise TROUBLES["closing"]
        return real(self, messages)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", closing)
        assert sending.send_due() == 1

    assert MailTrouble.now() is None
    assert set(Letter.objects.filter(sent_at=None).values_list("attempts", flat=True)) == {0}


def test_the_words_of_a_letter_with_a_key_are_forgotten_when_it_is_sent(mailoutbox):
    letter = LetterFactory(text="https://portal.example.org/CANARY/", holds_key=True)
    other = LetterFactory(text="Kept.")

    sending.send_due()

    assert "CANARY" in mailoutbox[0].body
    letter.refresh_from_db()
    other.refresh_from_db()
    assert (letter.text, letter.html, other.text) == ("", "", "Kept.")


def test_command_sends_all_given_up_letters_again(capsys):
    LetterFactory.create_batch(2, given_up_at=timezone.now(), attempts=8, error="relay")
    LetterFactory(sent_at=timezone.now())

    call_command("send_letters_again")

    assert capsys.readouterr().out == "2 letters are in the outbox again\n"
    assert Letter.objects.due().filter(attempts=0, error="").count() == 2


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

    letter = outbox.write(
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
