"""What a follower can do: ask, confirm, change, stop. Each function is one event.

The caller has already made sure whose wish it is: by a signed link or by signing in.
"""

from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from portal.accounts.models import User
from portal.mail import outbox
from portal.mail.models import Letter

from . import links
from .following import Target
from .models import Event, Follow, Follower

TIME_UNCONFIRMED = timedelta(days=7)
TEMPLATES = "notices/"
WITH_LINKS = ("notices/confirm", "notices/manage")


@transaction.atomic
def ask(
    email: str, thing: tuple[str, str], target: Target, *, frequency: str, language: str
) -> None:
    """Send a confirming link to an address; if it follows the thing already, a link to manage.

    Nothing is followed, and nothing that is followed changes, before the link is used.
    """
    follower = of_address(email, frequency=frequency, language=language)
    follow, _new = Follow.objects.get_or_create(follower=follower, kind=thing[0], subject=thing[1])
    if follow.confirmed_at:
        _write_manage(follower, email, language, title=target.title)
        return
    outbox.write(
        "notices/confirm",
        to=email,
        language=language,
        context={
            "title": target.title,
            "url": target.url,
            "confirm_url": links.confirming(follow, frequency=frequency, language=language),
        },
        holds_key=True,
    )


@transaction.atomic
def remind(email: str, language: str) -> None:
    """Send the link to manage to an address that follows something; nothing to any other."""
    follower = _known(email)
    if follower and follower.confirmed_at:
        _write_manage(follower, email, language)


@transaction.atomic
def confirm(asked: links.Asked) -> Follower | None:
    """Let a follow count, with the frequency and the language chosen when it was asked for.

    None, and nothing changes, when it counts already: choices made since are not undone.
    """
    now = timezone.now()
    follower = asked.follow.follower
    changed = Follow.objects.filter(pk=asked.follow.pk, confirmed_at=None).update(confirmed_at=now)
    if not changed:
        return None
    follower.frequency, follower.language = asked.frequency, asked.language
    follower.confirmed_at = follower.confirmed_at or now
    follower.save(update_fields=["frequency", "language", "confirmed_at"])
    return follower


@transaction.atomic
def follow(user: User, thing: tuple[str, str], frequency: str = "") -> Follower:
    """Follow something with an account, at once: its address is confirmed."""
    now = timezone.now()
    follower, _new = Follower.objects.get_or_create(
        user=user, defaults={"language": user.language, "confirmed_at": now}
    )
    follower.confirmed_at = follower.confirmed_at or now
    follower.frequency = frequency or follower.frequency
    follower.save(update_fields=["confirmed_at", "frequency"])
    Follow.objects.update_or_create(
        follower=follower, kind=thing[0], subject=thing[1], defaults={"confirmed_at": now}
    )
    return follower


def unfollow(follower: Follower, pk: int) -> bool:
    """Follow one thing no longer; False when it was not followed."""
    deleted, _by_model = Follow.objects.filter(follower=follower, pk=pk).delete()
    return bool(deleted)


def change(follower: Follower, *, frequency: str, language: str) -> None:
    follower.frequency, follower.language = frequency, language
    follower.save(update_fields=["frequency", "language"])


def speak(user: User, language: str) -> None:
    """An account has chosen its language: the letters on what it follows come in it too."""
    Follower.objects.filter(user=user).update(language=language)


@transaction.atomic
def stop(follower: Follower) -> None:
    """Forget a follower: the address, what it followed, and letters that have not gone out.

    Those with links to confirm and to manage go too: there is nothing left to which they lead.
    """
    its = Q(notices__follower=follower) | Q(to__iexact=follower.address, template__in=WITH_LINKS)
    waiting = Letter.objects.filter(its, sent_at=None).exclude(claimed_until__gt=timezone.now())
    waiting.delete()
    follower.delete()


@transaction.atomic
def erase(email: str) -> int:
    """Forget an address on request, with all letters on what it follows; how many rows went.

    An address of an account loses what the account follows; the account itself stays.
    """
    follower = _known(email)
    total, _by_model = Letter.objects.filter(
        to__iexact=email, template__startswith=TEMPLATES
    ).delete()
    if follower:
        deleted, _by_model = follower.delete()
        total += deleted
    return total


def of_address(email: str, **defaults: Any) -> Follower:
    """The follower of an address: that of the account that has it, else of the address alone."""
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    if user and EmailAddress.objects.filter(user=user, email__iexact=email, verified=True).exists():
        return Follower.objects.get_or_create(user=user, defaults=defaults)[0]
    return Follower.objects.get_or_create(email=email.lower(), defaults=defaults)[0]


@transaction.atomic
def join(user: User) -> None:
    """Join to an account what its confirmed addresses follow without it: one follower a person."""
    addresses = EmailAddress.objects.filter(user=user, verified=True)
    alone = (
        Follower.objects.select_for_update()
        .exclude(confirmed_at=None)
        .filter(user=None, email__in=[email.lower() for email in _emails(addresses)])
    )
    for follower in alone:
        mine = Follower.objects.filter(user=user).first()
        if mine is None:
            follower.user, follower.email = user, None
            follower.save(update_fields=["user", "email"])
            continue
        _hand_over(follower, mine)


def _emails(addresses) -> list[str]:
    return list(addresses.values_list("email", flat=True))


def _hand_over(one: Follower, other: Follower) -> None:
    """All that one follows, and what it has not been told of, is now the other's."""
    known = other.follows.values_list("kind", "subject")
    for follow in one.follows.confirmed():
        if follow.target not in known:
            follow.follower = other
            follow.save(update_fields=["follower"])
        else:
            other.follows.filter(
                kind=follow.kind, subject=follow.subject, confirmed_at=None
            ).update(confirmed_at=follow.confirmed_at)
    told = other.notices.values("event")
    one.notices.exclude(event__in=told).update(follower=other)
    other.confirmed_at = other.confirmed_at or one.confirmed_at
    other.save(update_fields=["confirmed_at"])
    one.delete()


def clear(now: datetime | None = None) -> int:
    """Forget what was not confirmed in a week, and followers who follow nothing; how many.

    The letters with their links go with them, as they hold the address too.
    """
    before = (now or timezone.now()) - TIME_UNCONFIRMED
    Letter.objects.filter(template__in=WITH_LINKS, created_at__lt=before).delete()
    Follow.objects.filter(confirmed_at=None, created_at__lt=before).delete()
    _total, by_model = Follower.objects.without_reason(before).delete()
    return by_model.get(Follower._meta.label, 0)


def _known(email: str) -> Follower | None:
    """The follower of an address, by the account that has it or by the address alone."""
    known = Follower.objects.select_related("user")
    return (
        known.filter(email=email.lower()).first() or known.filter(user__email__iexact=email).first()
    )


def _write_manage(follower: Follower, email: str, language: str, title: str = "") -> None:
    outbox.write(
        "notices/manage",
        to=email,
        language=language,
        context={"title": title, "manage_url": links.managing(follower, language)},
        holds_key=True,
    )


@transaction.atomic
def lead_on(kind: str, old: str, new: str) -> None:
    """A thing is called by another subject now: who followed the old one follows the new one.

    Nobody follows it twice; what has happened to it and was not told yet is told of the new one.
    """
    there = Follow.objects.filter(kind=kind, subject=new)
    for follow in Follow.objects.filter(kind=kind, subject=old):
        twin = there.filter(follower=follow.follower_id).first()
        if twin is None:
            follow.subject = new
            follow.save(update_fields=["subject"])
            continue
        if follow.confirmed_at and not twin.confirmed_at:
            twin.confirmed_at = follow.confirmed_at
            twin.save(update_fields=["confirmed_at"])
        follow.delete()
    Event.objects.filter(thing_kind=kind, thing=old).update(thing=new)
    for event in Event.objects.filter(spread_at=None):
        pairs = [[kind, new] if list(pair) == [kind, old] else pair for pair in event.targets]
        if pairs != event.targets:
            event.targets = [list(pair) for pair in dict.fromkeys(map(tuple, pairs))]
            event.save(update_fields=["targets"])
