"""Mail that comes in is taken once, and told apart: bounces, automatic answers, people's words."""

import io
import sys
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import structlog
import time_machine
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from imap_tools import MailBoxUnencrypted

from portal.mail import receiving
from portal.mail.models import Letter, ReaderMailbox, ReceivedMail
from portal.mail.receiving import fetch_inbox, receive
from portal.mail.sending import message_of
from tests import services
from tests.access.test_matrix import STAFF
from tests.factories.notices import LetterFactory
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db
Kind = ReceivedMail.Kind


def mail(*headers, body="Hello", message_id="<1@example.org>") -> bytes:
    named = {line.partition(":")[0] for line in headers}
    usual = ["From: Aino <aino@example.org>", f"Message-ID: {message_id}", "Subject: Re: news"]
    lines = [*headers, *(line for line in usual if line.partition(":")[0] not in named)]
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


def sent_letter(**fields):
    return LetterFactory(sent_at=timezone.now(), **fields)


def id_of(letter) -> str:
    return message_of(letter).extra_headers["Message-ID"]


def bounce(letter, *, action="failed", status="5.1.1", returned="message/rfc822", named=None):
    """A report as Postfix writes it, about a letter of ours."""
    report = [
        "Reporting-MTA: dns; mx.example.org",
        "",
        f"Final-Recipient: rfc822; {letter.to}",
        f"Action: {action}",
        f"Status: {status}",
        "Diagnostic-Code: smtp; 550 no such user",
    ]
    original = [f"Message-ID: {named or id_of(letter)}", f"To: {letter.to}", "", "Hello"]
    parts = [
        ("text/plain", ["I'm sorry to have to inform you"]),
        ("message/delivery-status", report),
        (returned, original),
    ]
    body = "".join(
        f"--x\r\nContent-Type: {kind}\r\n\r\n" + "\r\n".join(lines) + "\r\n"
        for kind, lines in parts
    )
    return mail(
        "From: MAILER-DAEMON@mx.example.org",
        "Auto-Submitted: auto-replied",
        "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="x"',
        body=f"{body}--x--\r\n",
        message_id=f"<{action}{status}@mx.example.org>",
    )


def test_a_message_is_taken_once_whatever_way_it_took():
    first = receive(mail())

    again = receive(mail("Received: from mx2.example.org", "X-Spam: no"))

    assert (first.kind, first.sender) == (Kind.MESSAGE, "aino@example.org")
    assert first.subject == "Re: news"
    assert first.text == "Hello"
    assert again is None
    assert ReceivedMail.objects.count() == 1


def test_who_uses_anothers_message_id_keeps_that_message_out_of_nothing():
    receive(mail(body="Forged"))

    assert receive(mail(body="Real")).text == "Real"


@pytest.mark.parametrize("returned", ["message/rfc822", "text/rfc822-headers"])
def test_a_bounce_marks_the_letter_and_the_readers_mailbox(returned):
    letter, other = sent_letter(to="Gone@example.org"), sent_letter()

    row = receive(bounce(letter, returned=returned))

    letter.refresh_from_db()
    other.refresh_from_db()
    assert (row.kind, row.letter, row.text) == (Kind.BOUNCE, letter, "")
    assert letter.bounced_at
    assert "5.1.1" in letter.error
    assert other.bounced_at is None
    [mailbox] = ReaderMailbox.objects.bouncing()
    assert (mailbox.address, mailbox.status) == ("gone@example.org", "5.1.1")


@pytest.mark.parametrize("status", ["4.4.7", "5.2.2", "5.7.1", "5.1.8", "", "x"])
def test_a_bounce_for_another_reason_marks_the_letter_alone(status):
    letter = sent_letter()

    receive(bounce(letter, status=status))

    letter.refresh_from_db()
    assert letter.bounced_at
    assert not ReaderMailbox.objects.exists()


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_a_report_that_is_no_failure_marks_nothing(action):
    letter = sent_letter()

    row = receive(bounce(letter, action=action, status="4.0.0"))

    letter.refresh_from_db()
    assert row.kind == Kind.DELAY
    assert letter.bounced_at is None


@pytest.mark.parametrize(
    "named", ["<4f9a2f63-6c1c-4a43-9d6e-1a2b3c4d5e6f@portal.example.org>", "<x@example.org>"]
)
def test_a_forged_bounce_marks_nobody(named):
    letter = sent_letter()

    row = receive(bounce(letter, named=named))

    letter.refresh_from_db()
    assert (row.kind, row.letter, letter.bounced_at) == (Kind.BOUNCE, None, None)
    assert not ReaderMailbox.objects.exists()


def test_a_letter_of_another_host_is_none_of_ours():
    letter = sent_letter()

    assert receive(bounce(letter, named=f"<{letter.key}@elsewhere.example.org>")).letter is None


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Auto-Submitted: auto-replied", Kind.AUTOMATIC),
        ("Auto-Submitted: auto-replied (vacation); owner-email=a@example.org", Kind.AUTOMATIC),
        ("AUTO-SUBMITTED: Auto-Generated", Kind.AUTOMATIC),
        ("Return-Path: <>", Kind.AUTOMATIC),
        ("X-Autoreply: yes", Kind.AUTOMATIC),
        ("Precedence: auto_reply", Kind.AUTOMATIC),
        ("Auto-Submitted: no", Kind.MESSAGE),
        ("List-Id: <news.example.org>", Kind.MESSAGE),
        ("Precedence: list", Kind.MESSAGE),
        ("X-Auto-Response-Suppress: All", Kind.MESSAGE),
        ("Return-Path: <aino@example.org>", Kind.MESSAGE),
    ],
)
def test_automatic_answers_are_told_from_peoples(line, kind):
    assert receive(mail(line)).kind == kind


def test_an_automatic_answer_is_noted_with_its_reader_and_keeps_no_words():
    letter = sent_letter()

    row = receive(mail("Auto-Submitted: auto-replied", f"In-Reply-To: {id_of(letter)}"))

    assert (row.letter, row.text) == (letter, "")
    mailbox = ReaderMailbox.objects.get(address=letter.to)
    assert mailbox.answered_at
    assert mailbox.bounced_at is None
    assert not Letter.objects.exclude(pk=letter.pk).exists()


NESTED = b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n"
HOSTILE = [
    b"",
    b"\0" * 1000,
    b"\xff\xfe" * 1000,
    b"From: =?utf-8?q?" + b"=00" * 300 + b"?= <a@example.org>\r\n\r\nx",
    b"Subject: =?nosuch?b?x?=\r\nFrom: <<<>>>\r\n\r\n",
    b"Content-Type: text/plain; charset=nosuch\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!",
    b"Content-Type: multipart/report\r\n\r\nno parts",
    b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n" * 3000,
    b"".join(NESTED % (n, n) for n in range(3000)),
    b"References: " + b"<a@b> " * 100_000 + b"\r\n\r\n",
    b"Subject: \xed\xa0\x80 caf\xe9\r\nMessage-ID: <" + b"x" * 5000 + b">\r\n\r\n\x80",
]


@pytest.mark.parametrize("raw", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_comes_is_taken_in(raw):
    assert receive(raw)
    assert receive(raw) is None


PIECES = st.lists(
    st.sampled_from(
        [
            b"Content-Type: multipart/report; boundary=x\r\n",
            b"Content-Type: message/delivery-status\r\n",
            b"Content-Type: message/rfc822\r\n",
            b"Content-Transfer-Encoding: base64\r\n",
            b"Action: failed\r\nStatus: 5.1.1\r\n",
            b"Subject: =?utf-8?b?w6Q=?=\r\n",
            b"From: a@example.org\r\n",
            b"--x\r\n",
            b"--x--\r\n",
            b"\r\n",
        ]
    )
    | st.binary(max_size=20),
    max_size=30,
).map(b"".join)


@examples(max_examples=100, deadline=None)
@given(raw=PIECES)
def test_pieces_in_any_order_are_taken_in(raw):
    ReceivedMail.objects.all().delete()
    assert receive(raw).pk


def test_a_message_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(receiving, "LARGEST", 10)

    with pytest.raises(receiving.TooLargeError):
        receive(mail())


def given_on_stdin(monkeypatch, raw):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))


def test_command_takes_one_message(monkeypatch, capsys):
    for expected in ("taken in: message", "taken in before"):
        given_on_stdin(monkeypatch, mail())
        call_command("receive_mail")
        assert capsys.readouterr().out.strip() == expected


def test_command_tells_the_mail_server_to_try_again(monkeypatch):
    def away(raw):
        raise DatabaseError

    given_on_stdin(monkeypatch, mail())
    monkeypatch.setattr("portal.mail.management.commands.receive_mail.receive", away)

    with pytest.raises(CommandError) as error:
        call_command("receive_mail")
    assert error.value.returncode == 75


@pytest.fixture
def inbox(settings):
    """A folder of the real server, empty; `append` puts a message into it."""
    url = urlsplit(services.dovecot())
    with MailBoxUnencrypted(url.hostname, url.port).login(url.username, url.password) as box:
        if not box.folder.exists("Portal"):
            box.folder.create("Portal")
        box.folder.set("Portal")
        box.delete(box.uids())
        settings.INBOX_URL = services.dovecot().replace("/INBOX", "/Portal")
        yield box
        box.delete(box.uids())


@pytest.mark.dovecot
class TestFolder:
    def test_unread_messages_are_taken_in_and_marked_as_read(self, inbox):
        letter = sent_letter()
        inbox.append(mail(body="Kiitos öä"), "Portal")
        inbox.append(bounce(letter), "Portal")

        assert fetch_inbox() == 2
        assert fetch_inbox() == 0

        letter.refresh_from_db()
        assert letter.bounced_at
        assert sorted(ReceivedMail.objects.values_list("kind", flat=True)) == ["bounce", "message"]
        assert ReceivedMail.objects.get(kind="message").text.strip() == "Kiitos öä"
        inbox.folder.set("Portal")
        assert len(inbox.uids("SEEN")) == 2

    def test_one_that_was_not_marked_is_not_taken_twice(self, inbox):
        inbox.append(mail(), "Portal")
        fetch_inbox()
        inbox.flag(inbox.uids(), "\\Seen", False)

        assert fetch_inbox() == 1
        assert ReceivedMail.objects.count() == 1

    def test_one_too_large_holds_up_no_other(self, inbox, monkeypatch):
        monkeypatch.setattr(receiving, "LARGEST", 1000)
        inbox.append(mail(body="x" * 2000), "Portal")
        inbox.append(mail(message_id="<2@example.org>"), "Portal")

        assert fetch_inbox() == 2
        assert ReceivedMail.objects.get().message_id == "<2@example.org>"

    def test_a_wrong_password_or_folder_is_a_line_of_the_log(self, inbox, settings):
        for url in (settings.INBOX_URL.replace("secret", "x"), f"{settings.INBOX_URL}x"):
            settings.INBOX_URL = url
            assert fetch_inbox() == 0


@pytest.mark.parametrize("url", ["", "imap://a:b@127.0.0.1:1/INBOX"])
def test_a_server_that_is_away_stops_nothing(settings, url):
    settings.INBOX_URL = url

    assert fetch_inbox() == 0


def test_messages_are_forgotten_after_ninety_days():
    receive(mail())
    with time_machine.travel(timezone.now() + timedelta(days=89)):
        receiving.clear_old()
    assert ReceivedMail.objects.exists()

    with time_machine.travel(timezone.now() + timedelta(days=91)):
        receiving.clear_old()

    assert not ReceivedMail.objects.exists()


@pytest.mark.parametrize("role", STAFF)
def test_superusers_see_a_line_of_each_and_nobody_its_words(role, client, people):
    receive(mail(body="What I tell you in confidence"))
    client.force_login(people[role])

    for name in ("index", "index_results"):
        page = client.get(reverse(f"received:{name}"))
        assert (page.status_code == 200) == (role == "superuser")
        assert ("aino@example.org" in page.text) == (role == "superuser")
        assert "in confidence" not in page.text


def test_a_letter_that_came_back_says_so_in_the_outbox(client, people):
    letter = sent_letter()
    receive(bounce(letter))
    client.force_login(people["superuser"])

    assert "Came back" in client.get(reverse("letters:index")).text


def test_queries_of_the_list_do_not_grow(client, people):
    client.force_login(people["superuser"])
    counts = []
    for number in range(2):
        for each in range(1 + number * 5):
            letter = sent_letter()
            receive(bounce(letter, named=id_of(letter), status=f"5.1.{each}"))
        counts.append(queries_of_page(client, reverse("received:index")))
    assert counts[0] == counts[1]


def test_logs_have_neither_addresses_nor_words():
    with structlog.testing.capture_logs() as lines:
        receive(mail(body="in confidence"))

    [line] = lines
    assert set(line) == {"event", "kind", "letter", "log_level"}
