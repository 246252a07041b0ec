"""Publishing in other ways than a page's own form: many at once, and translations."""

from collections.abc import Iterable, Iterator

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page
from wagtail_localize.views.update_translations import (
    UpdateTranslationsForm,
    UpdateTranslationsView,
)

from content.editorial.translation_changes import lacking_note
from content.pages.models import BasePage, ChangeKind, NoteInTranslation


def drafts(pages: Iterable[Page], *, below: bool) -> Iterator[BasePage]:
    """What Wagtail would publish: the newest revision of each page, and of the drafts below it."""
    for page in pages:
        every = [page, *page.get_descendants().not_live()] if below else [page]
        for each in every:
            draft = each.specific.get_latest_revision_as_object()
            if isinstance(draft, BasePage):
                yield draft


def is_answered(draft: BasePage) -> bool:
    """Whether the draft of a page holds an answer of its own that it can be published with."""
    if draft.live and not draft.has_unpublished_changes:
        return False
    if draft.change_kind == ChangeKind.SUBSTANTIVE:
        return bool(draft.change_note.strip()) and lacking_note(draft) is None
    return draft.change_kind == ChangeKind.MINOR and draft.first_published_at is not None


class NoteForm(forms.Form):
    """What a substantive change of the original changed, in the language of the translation."""

    change_note = forms.CharField(
        label=gettext_lazy("What changed"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": gettext_lazy("Say in a sentence or two what changed, for those who read.")
        },
    )


def ask_for_note(request, page: Page):
    """The page that asks for the note, or None when nothing is lacking or it was just given."""
    page = page.specific
    change = lacking_note(page) if isinstance(page, BasePage) else None
    if change is None:
        return None
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    answered = "change_note" in request.POST
    form = NoteForm(request.POST if answered else None)
    if answered and form.is_valid():
        NoteInTranslation.objects.update_or_create(
            change=change, page_id=page.pk, defaults={"note": form.cleaned_data["change_note"]}
        )
        return None
    context = {"page": page, "change": change, "form": form}
    return render(request, "content/cms/note.html", context)


class SynchroniseForm(UpdateTranslationsForm):
    """Publishes at once only what `user` may publish, nobody has to look through on its own page,
    and carries no substantive change without its note.
    """

    def __init__(self, *args, source, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.source, self.user = source, user

    def clean_publish_translations(self):
        publish = self.cleaned_data["publish_translations"]
        pages = list(self._pages()) if publish else []
        for page in pages:
            may = page.permissions_for_user(self.user).can_publish()
            if page.opened_to_publish or not may:
                raise forms.ValidationError(
                    _(
                        "These translations are not published from here. Whoever may publish them "
                        "opens each on its own page, reads it through and publishes it there."
                    )
                )
        if any(lacking_note(page, until=timezone.now()) for page in pages):
            raise forms.ValidationError(
                _(
                    "The original has a substantive change. Publish each translation on its own "
                    "page: there it is asked what changed, in its language."
                )
            )
        return publish

    def _pages(self) -> Iterator[BasePage]:
        for translation in self.source.translations.filter(enabled=True):
            page = translation.get_target_instance()
            if isinstance(page, BasePage):
                yield page


class UpdateTranslations(UpdateTranslationsView):
    """Takes the changes of an original into its translations."""

    def get_form(self):
        data = self.request.POST if self.request.method == "POST" else None
        return SynchroniseForm(data, source=self.object, user=self.request.user)
