"""Guidance: its index, the themes, and the articles."""

from functools import partial

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import PageManager
from wagtail_localize.fields import SynchronizedField

from content.pages.listing import GuidanceFilterForm
from content.pages.related import related
from content.pages.visibility import BasePageQuerySet, closed_to
from portal.caching.memory import remembered, views
from portal.paging import page_of

from .base import BasePage, SubjectPage
from .changes import ChangeKind, PageChange
from .news import NewsPage
from .panels import NOTE, SUBJECT, tabs
from .reviews import Keeper

IN_PATH_ORDER = ("path_order", F("changed_at").desc(nulls_last=True), "title")


class GuidanceIndexPage(BasePage):
    """All guidance of a language, by theme and by audience."""

    PER_PAGE = 20

    edit_handler = tabs([])
    page_description = _("The list of all guidance.")
    parent_page_types = ["content.HomePage"]
    subpage_types = ["content.ThemePage", "content.GuidanceArticlePage"]

    class Meta:
        verbose_name = _("guidance index")
        verbose_name_plural = _("guidance indexes")

    def get_context(self, request, *args, **kwargs):
        key = ("guidance", self.pk, request.GET.urlencode(), closed_to(request.user))
        found = remembered(partial(self._found, request), *key, memory=views)
        return super().get_context(request, *args, **kwargs) | found | {"list": key}

    def _found(self, request):
        """The articles that the address asks for, and what narrows them."""
        form = GuidanceFilterForm(request.GET)
        articles = form.narrow(
            GuidanceArticlePage.objects.visible_to(request.user)
            .filter(locale_id=self.locale_id)
            .with_review_state()
            .defer_streamfields()
            .order_by(*IN_PATH_ORDER)
        )
        return {
            "form": form,
            "articles": page_of(articles, request, self.PER_PAGE),
            "themes": list(themes_in(self.language, request.user)),
        }


class ThemePage(BasePage):
    """One topic: what the portal has on it."""

    topic = models.ForeignKey(
        "topics.Topic", verbose_name=_("topic"), on_delete=models.PROTECT, related_name="+"
    )

    edit_handler = tabs([FieldPanel("topic")])
    page_description = _("Gathers the guidance and the news of one topic.")
    parent_page_types = ["content.GuidanceIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("theme page")
        verbose_name_plural = _("theme pages")

    def get_context(self, request, *args, **kwargs):
        def about_the_topic(model):
            return (
                model.objects.visible_to(request.user)
                .filter(locale_id=self.locale_id, topics=self.topic_id)
                .with_review_state()
                .defer_streamfields()
            )

        articles = about_the_topic(GuidanceArticlePage).not_past()
        return super().get_context(request, *args, **kwargs) | {
            "articles": articles.order_by(*IN_PATH_ORDER),
            "news": about_the_topic(NewsPage).order_by("-date", "-pk")[:5],
            "themes": themes_in(self.language, request.user),
        }


class GuidanceQuerySet(BasePageQuerySet):
    """Guidance by the days on which it holds, both of them its own; an empty day is no limit."""

    def in_force(self, on=None):
        """What holds on a day, today when none is given."""
        on = on or timezone.localdate()
        return self.not_past(on).exclude(applies_from__gt=on)

    def not_past(self, on=None):
        """What holds on a day or will: the default of lists, which say from when."""
        return self.exclude(applies_to__lt=on or timezone.localdate())


GuidanceManager = PageManager.from_queryset(GuidanceQuerySet)


class GuidanceArticlePage(SubjectPage):
    """Guidance that professionals act on; it rests on the law and says when it was last true."""

    REVIEW_MONTHS = 12

    applies_from = models.DateField(
        _("applies from"),
        null=True,
        blank=True,
        help_text=_(
            "When guidance follows a change of the law: the first day on which it holds. Until "
            "then lists and the page say from when."
        ),
    )
    applies_to = models.DateField(
        _("applies to"),
        null=True,
        blank=True,
        help_text=_(
            "The last day on which it holds. After it the page says so and leaves the lists; it "
            "can still be read and found."
        ),
    )

    path_order = models.PositiveSmallIntegerField(
        _("place on the client's path"),
        default=100,
        db_index=True,
        help_text=_(
            "Lists of guidance go from the smallest number to the largest, as a client meets the "
            "services; those with the same number by their last change."
        ),
    )

    override_translatable_fields = [
        *SubjectPage.override_translatable_fields,
        SynchronizedField("path_order"),
    ]
    objects = GuidanceManager()

    edit_handler = tabs(
        [FieldPanel("body"), InlinePanel("deadlines", heading=_("Deadlines"), label=_("Deadline"))],
        about=[
            *SUBJECT,
            FieldRowPanel([FieldPanel("applies_from"), FieldPanel("applies_to")]),
            FieldPanel("path_order"),
        ],
        note=NOTE,
    )
    page_description = _("Guidance on one question: what to do, who does it and on what ground.")
    parent_page_types = ["content.GuidanceIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("guidance article")
        verbose_name_plural = _("guidance articles")
        constraints = [
            models.CheckConstraint(
                condition=Q(applies_to__gte=F("applies_from")),
                name="guidance_applies_to_after_from",
            )
        ]

    def clean(self):
        super().clean()
        if self.applies_from and self.applies_to and self.applies_to < self.applies_from:
            raise ValidationError(
                {
                    "applies_to": _("The last day cannot be before the first, %(day)s.")
                    % {"day": date_format(self.applies_from)}
                }
            )

    @property
    def no_lawyer_has_checked(self) -> bool:
        """Whether no lawyer has looked it through since it was first published."""
        return not self.reviewed_on or self.reviewed_by != Keeper.LAWYER

    def get_context(self, request, *args, **kwargs):
        guidance = GuidanceArticlePage.objects.not_past()
        return super().get_context(request, *args, **kwargs) | {
            "deadlines": self.deadlines.all(),
            "related": related(self, guidance, request.user),
            "related_news": related(self, NewsPage.objects.all(), request.user, limit=2),
        }


def themes_in(language: str, user):
    """The theme pages of a language in their topics' order, each with its `number` of articles."""
    number = (
        GuidanceArticlePage.objects.visible_to(user)
        .in_language(language)
        .not_past()
        .filter(topics=OuterRef("topic"))
        .order_by()
        .values("topics")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return (
        ThemePage.objects.visible_to(user)
        .in_language(language)
        .select_related("topic")
        .annotate(number=Coalesce(Subquery(number, output_field=IntegerField()), 0))
        .order_by("topic__position", "topic__key")
    )


def newest_changes(language: str, user):
    """What changed in guidance after it was first published: substantive changes with a note.

    Of pages that `user` may see and that hold or will, the newest first, with their `page`. What
    changed while a page was for some readers only is not told.
    """
    pages = GuidanceArticlePage.objects.visible_to(user).in_language(language).not_past()
    earlier = PageChange.objects.filter(page=OuterRef("page"), pk__lt=OuterRef("pk"))
    return (
        PageChange.objects.public()
        .filter(Exists(earlier), kind=ChangeKind.SUBSTANTIVE, page__in=pages.values("pk"))
        .exclude(note="")
        .select_related("page")
        .order_by("-at", "-pk")
    )
