"""Receivers: an address that follows and is an account's becomes one follower with it."""

from .services import join, speak


def signed_in(sender, user, **kwargs) -> None:
    join(user)


def confirmed(sender, email_address, **kwargs) -> None:
    join(email_address.user)


def spoken(sender, user, language, **kwargs) -> None:
    speak(user, language)
