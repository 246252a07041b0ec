"""What the original of a page has and its translation does not have yet, for readers and editors.

Nothing is typed: it follows from the publications of both. A page that is kept as a translation has
the changes of its original that it carries (editorial.translation_changes). Of pages that are only
joined by their key the Finnish one is the original, and each publication of another is taken to
have what was there by then.
"""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail_localize.models import Translation

from .changes import ChangeKind, PageChange

CHANGED = {
    "fi": _(
        "The Finnish page was changed on %(day)s; this translation does not yet have the change."
    ),
    "sv": _(
        "The Swedish page was changed on %(day)s; this translation does not yet have the change."
    ),
    "en": _(
        "The English page was changed on %(day)s; this translation does not yet have the change."
    ),
}
READ = {
    "fi": _("Read the page in Finnish"),
    "sv": _("Read the page in Swedish"),
    "en": _("Read the page in English"),
}


@dataclass(frozen=True)
class NewerOriginal:
    """The original of a page has changed since: its language, its address, and the day."""

    language: str
    url: str
    day: date

    @property
    def told(self) -> str:
        return CHANGED[self.language] % {"day": date_format(self.day)}

    @property
    def read(self) -> str:
        """The words of the link to it."""
        return str(READ[self.language])


class SourceRevision(models.Model):
    """Which revision of a page its translations are made from, when it was taken as a draft.

    It holds while `taken_at` is when the source was last taken; a source that was taken from what
    is live since has none.
    """

    source = models.OneToOneField(
        "wagtail_localize.TranslationSource", on_delete=models.CASCADE, related_name="+"
    )
    revision = models.ForeignKey(
        "wagtailcore.Revision", on_delete=models.CASCADE, null=True, related_name="+"
    )
    taken_at = models.DateTimeField(_("taken"))

    class Meta:
        verbose_name = _("draft that translations are made from")
        verbose_name_plural = _("drafts that translations are made from")

    def __str__(self):
        return f"{self.source_id}: {self.revision_id}"


def with_translation_lag(pages):
    """Pages with what is known of their originals, without a query of its own.

    Annotated: `original_language` (its code, also of what is its own original) and `lacks_since`,
    the moment of the last substantive change of the original when the page does not have it. The
    first publication of a page is no change of it.
    """
    translations = Translation.objects.filter(
        source__object_id=OuterRef("translation_key"),
        target_locale=OuterRef("locale"),
        enabled=True,
    )
    publications = PageChange.objects.publications()
    own = publications.filter(page=OuterRef("pk")).order_by("-at").values("at")[:1]
    carried = PageChange.objects.filter(page=OuterRef("pk"), carries__isnull=False)
    changes = PageChange.objects.filter(
        Exists(publications.filter(page=OuterRef("page"), at__lt=OuterRef("at"))),
        kind=ChangeKind.SUBSTANTIVE,
        page__translation_key=OuterRef("translation_key"),
        page__locale__language_code=OuterRef("original_language"),
        page__live=True,
        page__alias_of=None,
    )
    return pages.annotate(
        original_language=Coalesce(
            Subquery(translations.values("source__locale__language_code")[:1]),
            Value(settings.LANGUAGE_CODE),
            output_field=CharField(),
        ),
        original_changed=Subquery(changes.order_by("-at").values("at")[:1]),
        has_until=Coalesce(
            Case(
                When(
                    Exists(translations),
                    then=Subquery(carried.order_by("-carries__at").values("carries__at")[:1]),
                )
            ),
            Subquery(own),
        ),
        lacks_since=Case(
            When(
                ~Q(locale__language_code=F("original_language"))
                & Q(alias_of=None, original_changed__gt=F("has_until")),
                then=F("original_changed"),
            )
        ),
    )
