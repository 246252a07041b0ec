"""Letters about translations, each in its reader's language; their links lead to /cms/."""

from django.urls import reverse
from wagtail.models import Page

from portal.accounts.models import User
from portal.languages import in_language
from portal.mail.outbox import write

from .models import TranslationOrder


def ordered(row: TranslationOrder, page: Page) -> None:
    """To the translator: which page, into which language, by when."""
    if row.assignee:
        _write("translation/ordered", row.assignee, row, page)


def delivered(row: TranslationOrder, page: Page) -> None:
    """To whoever ordered it: the translation is a draft of its page now."""
    if row.ordered_by:
        _write("translation/delivered", row.ordered_by, row, page)


def _write(template: str, to: User, row: TranslationOrder, page: Page) -> None:
    with in_language(to.language):
        context = {
            "title": page.get_admin_display_title(),
            "language_name": row.locale.language_name_localized,
            "due": row.due,
            "page": reverse(
                "translations:segments", args=[row.translation_key, row.locale.language_code]
            ),
            "edit": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        }
    write(template, to=to.email, language=to.language, context=context)
