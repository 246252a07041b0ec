"""Letters as bytes: what mail programs get."""

import re
from email import message_from_bytes, policy
from email.header import decode_header, make_header

import pytest

from portal.mail import sending
from tests.factories.notices import LetterFactory

SUBJECTS = [
    "Kotoutumislain 14 § on muuttunut: yksilöllinen työllistymis- ja kotoutumissuunnitelma " * 2,
    "ä" * 200,
    "Ö" + "a" * 120,
    "🐎" * 100,
    "Åland – öar",
]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_encoded_words_of_a_subject_are_as_long_as_rfc_2047_allows(subject):
    letter = LetterFactory.build(subject=subject.strip())

    raw = sending.message_of(letter).message().as_bytes()

    [head] = re.findall(rb"^Subject:.*(?:\n .*)*", raw, re.MULTILINE)
    assert all(len(word) <= 75 for word in head.split() if word.startswith(b"=?"))
    assert all(len(line) <= 76 and line.strip() != b"Subject:" for line in head.split(b"\n"))
    assert message_from_bytes(raw, policy=policy.default)["Subject"] == subject.strip()
    told = message_from_bytes(raw)["Subject"]
    assert str(make_header(decode_header(told))) == subject.strip()


def test_a_subject_with_a_line_break_is_still_refused():
    with pytest.raises(ValueError, match="newlines"):
        sending.message_of(LetterFactory.build(subject="Ä\nBcc: x@example.org")).message()
