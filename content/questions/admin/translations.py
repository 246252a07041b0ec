"""A translation of an answer is looked through before it is published."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from wagtail.models import Page

from content.editorial.translation_changes import translation_of
from content.questions import screening
from content.questions.models import AnswerPage


def ask_what_is_personal(request, page: Page):
    """The page that names what may be personal, or None when there is nothing or it was confirmed.

    What the original or another published language says already has been looked at.
    """
    page = page.specific
    translation = translation_of(page) if isinstance(page, AnswerPage) else None
    if translation is None or "not_personal" in request.POST:
        return None
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    to_be = translation.source.get_ephemeral_translated_instance(page.locale, fallback=True)
    note = request.POST.get("change_note", "")
    found = screening.new_in([*screening.texts_of(to_be), note], page)
    if not found:
        return None
    context = {"page": page, "found": found, "note": note}
    return render(request, "questions/cms/personal.html", context)
