"""A certificate of the owner of an organisation, and one that its holder has closed."""

from datetime import date

from content.certificates.services import issue
from tests.factories.accounts import UserFactory


def build(people):
    said = {"titles": {"en": "Course"}, "on": date(2026, 11, 2), "acts": []}
    mine = issue("course", people["member"], about_key="matrix", **said)
    closed = issue("course", UserFactory(), about_key="matrix", **said)
    closed.open = False
    closed.save()
    return {
        "certificate": mine.pk,
        "certificate_code": mine.code,
        "other_certificate": closed.pk,
        "closed_certificate_code": closed.code,
    }
