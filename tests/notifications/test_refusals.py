"""What an answer of a mail server is about, written out by hand from RFC 3463 and RFC 5321."""

import ssl
from smtplib import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPDataError,
    SMTPHeloError,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)

import pytest

from portal.mail.refusals import Refusal, meaning_of


def rcpt(code, said):
    return SMTPRecipientsRefused({"reader@example.org": (code, said)})


ABOUT = {
    Refusal.READER: [
        rcpt(550, b"5.1.1 <reader@example.org>: user unknown"),
        rcpt(550, b"5.1.1 first line\n5.1.1 second line"),
        rcpt(551, b"5.1.6 the reader has moved"),
        rcpt(553, b"5.1.3 bad address syntax"),
        rcpt(550, b"5.1.10 null MX"),
        rcpt(550, b"Requested action not taken: mailbox unavailable"),
        rcpt(550, b"No such user here"),
        SMTPDataError(550, b"5.1.1 user unknown"),
        ValueError("Header values may not contain line breaks"),
    ],
    Refusal.LETTER: [
        rcpt(550, b"5.2.1 mailbox disabled"),
        rcpt(552, b"5.2.2 mailbox full"),
        SMTPDataError(554, b"5.6.0 the content cannot be converted"),
    ],
    Refusal.SERVER: [
        ConnectionRefusedError("no"),
        TimeoutError("slow"),
        ssl.SSLCertVerificationError("a certificate of nobody's"),
        SMTPServerDisconnected("gone"),
        SMTPConnectError(554, b"no"),
        SMTPHeloError(550, b"no such user"),
        SMTPNotSupportedError("STARTTLS"),
        SMTPAuthenticationError(535, b"5.7.8 wrong password"),
        SMTPSenderRefused(550, b"5.1.8 unknown sender", "portal@example.org"),
        SMTPSenderRefused(550, b"5.1.1 user unknown", "portal@example.org"),
        rcpt(421, b"4.7.0 too many"),
        rcpt(450, b"4.7.1 greylisted"),
        rcpt(452, b"4.2.2 mailbox full"),
        rcpt(554, b"5.7.1 <reader@example.org>: Relay access denied"),
        rcpt(550, b"5.7.1 relaying denied"),
        rcpt(550, b"5.7.26 unauthenticated mail"),
        rcpt(550, b"5.1.7 the sender's address"),
        rcpt(550, b"5.1.8 the sender's domain"),
        rcpt(554, b"5.4.4 unable to route"),
        rcpt(552, b"5.3.4 message too big"),
        rcpt(550, b"5.5.1 bad sequence"),
        rcpt(550, b"relay not permitted for this user"),
        rcpt(550, b"Administrative prohibition"),
        rcpt(554, b"mailbox unavailable"),
        SMTPDataError(550, b"mailbox unavailable"),
        SMTPDataError(554, b"5.7.1 spam"),
        SMTPDataError(451, b"4.3.0 try later"),
    ],
}


@pytest.mark.parametrize(
    ("error", "about"), [(error, about) for about, errors in ABOUT.items() for error in errors]
)
def test_only_what_is_about_one_reader_is_for_good(error, about):
    assert meaning_of(error) is about
