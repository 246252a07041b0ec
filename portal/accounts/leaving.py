"""Whom the portal knows by an address, and what ends before a person is erased."""

from allauth.account.models import EmailAddress
from django.contrib.auth import SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import F, TextField
from django.db.models.functions import Cast
from wagtail.models import ModelLogEntry, PageLogEntry, Revision

from portal.personal import ACTING_AS, GONE, Person

from .models import User
from .roles import roles_of

COMMENTS = "wagtail_admin_comments"


def person_of(user: User) -> Person:
    """The person of an account: known by the addresses that they have confirmed."""
    confirmed = EmailAddress.objects.filter(user=user, verified=True)
    addresses = {email.lower() for email in confirmed.values_list("email", flat=True)}
    return Person(user, tuple(sorted(addresses)))


def person_at(email: str) -> Person:
    """Whom an address leads to, with an account or without: for who has made sure whose it is."""
    email = email.strip().lower()
    address = EmailAddress.objects.filter(email__iexact=email, verified=True).first()
    user = address.user if address else User.objects.filter(email__iexact=email).first()
    known = person_of(user).addresses if user else ()
    return Person(user, tuple(sorted({*known, email})))


def leave(person: Person) -> None:
    """End the sessions; the log keeps the roles of who did what, and comments go from drafts."""
    user = person.user
    if user is None:
        return
    for session in Session.objects.all().iterator():
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()
    own = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(User), object_id=str(user.pk)
    )
    own.update(label=GONE)
    if roles := roles_of(user):
        for kind in (ModelLogEntry, PageLogEntry):
            for entry in kind.objects.filter(user=user).iterator():
                entry.data.setdefault(ACTING_AS, ", ".join(roles))
                entry.save(update_fields=["data"])
    _forget_comments(user)


def _forget_comments(user: User) -> None:
    """Drafts have copies of the comments on them; those of this person go, with their answers."""
    content = Cast(F("content"), TextField())
    drafts = Revision.objects.alias(words=content).filter(words__contains=f'"user": {user.pk}')
    for draft in drafts.iterator():
        comments = draft.content.get(COMMENTS) or []
        kept = [_without_replies(one, user) for one in comments if one.get("user") != user.pk]
        if kept != comments:
            draft.content[COMMENTS] = kept
            Revision.objects.filter(pk=draft.pk).update(content=draft.content)


def _without_replies(comment: dict, user: User) -> dict:
    replies = [one for one in comment.get("replies") or [] if one.get("user") != user.pk]
    return {**comment, "replies": replies} if "replies" in comment else comment
