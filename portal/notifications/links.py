"""Signed links: what stands in a letter lets its reader, and nobody else, do one thing."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.urls import reverse

from portal.languages import in_language

from .models import Follow, Follower, Frequency

CONFIRM = "portal.notices.confirm"
MANAGE = "portal.notices.manage"
STOP = "portal.notices.stop"
TIME_TO_CONFIRM = timedelta(days=7)
TIME_TO_MANAGE = timedelta(days=180)


class BrokenLinkError(Exception):
    """The link was not made here, was altered, or leads to nothing any more."""


class ExpiredLinkError(Exception):
    """The link was right once and has become too old."""


@dataclass(frozen=True)
class Asked:
    """What a confirming link confirms."""

    follow: Follow
    frequency: Frequency
    language: str


def confirming(follow: Follow, *, frequency: str, language: str) -> str:
    """The link that makes one follow count, with the choices made when it was asked for."""
    words = {
        "follow": follow.pk,
        "follower": follow.follower.key.hex,
        "frequency": str(frequency),
        "language": language,
    }
    return _link("follow:confirm", language, signing.dumps(words, salt=CONFIRM))


def asked(key: str) -> Asked:
    """What a confirming link asks for, or asked for when it has been used already.

    BrokenLinkError also when what it confirmed is no longer followed.
    """
    try:
        words = signing.loads(key, salt=CONFIRM, max_age=TIME_TO_CONFIRM)
    except signing.SignatureExpired as error:
        raise ExpiredLinkError from error
    except signing.BadSignature as error:
        raise BrokenLinkError from error
    follow = (
        Follow.objects.filter(pk=words["follow"], follower__key=words["follower"])
        .select_related("follower__user")
        .first()
    )
    if follow is None:
        raise BrokenLinkError
    return Asked(follow, Frequency(words["frequency"]), words["language"])


def managing(follower: Follower, language: str = "") -> str:
    """The link to everything that one follows; it opens for half a year."""
    key = signing.TimestampSigner(salt=MANAGE).sign(follower.key.hex)
    return _link("follow:manage", language or follower.language, key)


def manager(key: str) -> Follower:
    """Whose link it is."""
    try:
        word = signing.TimestampSigner(salt=MANAGE).unsign(key, max_age=TIME_TO_MANAGE)
    except signing.SignatureExpired as error:
        raise ExpiredLinkError from error
    except signing.BadSignature as error:
        raise BrokenLinkError from error
    return _follower(word)


def stopping(follower: Follower) -> str:
    """The link that stops all letters; it never expires."""
    return _link("follow:stop", follower.language, signing.Signer(salt=STOP).sign(follower.key.hex))


def stopper(key: str) -> Follower | None:
    """Whose letters are to stop; None when they have been stopped already."""
    try:
        word = signing.Signer(salt=STOP).unsign(key)
    except signing.BadSignature as error:
        raise BrokenLinkError from error
    return Follower.objects.filter(key=uuid.UUID(word)).first()


def _follower(word: str) -> Follower:
    follower = Follower.objects.select_related("user").filter(key=uuid.UUID(word)).first()
    if follower is None:
        raise BrokenLinkError
    return follower


def _link(name: str, language: str, key: str) -> str:
    """An address of ours with a key; in the query, which logs leave out."""
    return f"{settings.SITE_URL}{_path(name, language)}?{urlencode({'key': key})}"


@cache
def _path(name: str, language: str) -> str:
    with in_language(language):
        return reverse(name)
