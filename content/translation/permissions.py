"""Who orders translations, and who translates into a language."""

from django.contrib.auth.models import AnonymousUser
from wagtail.models import Locale

from portal.accounts.models import User


def may_order(user: User | AnonymousUser) -> bool:
    return user.has_perm("translation.order_translationorder")


def may_translate(user: User | AnonymousUser, locale: Locale) -> bool:
    return user.has_perm(f"translation.translate_to_{locale.language_code}")


def languages_of(user: User | AnonymousUser) -> list[Locale]:
    """The languages that a person translates into."""
    return [locale for locale in Locale.objects.all() if may_translate(user, locale)]


def translators(language: str) -> list[User]:
    """Who may be asked to translate into a language: those with a role that does."""
    found = User.objects.filter(
        is_active=True, groups__permissions__codename=f"translate_to_{language}"
    )
    return list(found.distinct().order_by("last_name", "first_name", "pk"))
