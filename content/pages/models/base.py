"""What every page has, and what a page about a subject has besides."""

from datetime import date

from csp.constants import SELF
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import StreamField
from wagtail.models import Page, PageViewRestriction
from wagtail_localize.fields import SynchronizedField

from content.pages.blocks import BodyBlock
from content.pages.mentions import NamingTextField
from content.pages.related import page_address, sections_of, theme_addresses
from content.pages.visibility import BasePageManager, closed_to
from law.impact_reviews import open_reviews
from law.models import SectionVersion
from portal.caching.memory import remembered
from portal.linguistics.typed import text_to_keep

from .changes import ChangeKind, PageChange
from .forms import BasePageForm
from .history import Version, history_of
from .place import place_of
from .reviews import REVIEWED_BY, Keeper


class BasePage(Page):
    """A page of the portal: it has a summary, a keeper, and says what its publications changed.

    `change_kind` and `change_note` are what was answered for the publication in question. The
    dates follow from the page's changes and reviews (content.editorial), and belong
    to the page and not to one of its revisions. `REVIEW_MONTHS` is how often a kind of page is
    looked through; None for what tells of its day and is left as it was. `is_restricted` is whether
    it is for some readers only, known to the view that found it.
    """

    REVIEW_MONTHS: int | None = None
    is_restricted = False
    opened_to_publish = False  # whoever publishes it, or a translation, has opened that very page

    summary = NamingTextField(
        _("summary"),
        max_length=300,
        blank=True,
        help_text=_(
            "One or two sentences, at most 300 characters: what the reader gets here. Shown under "
            "the title, on lists and in search engines."
        ),
    )
    exclude_fields_in_copy = [
        "change_kind",
        "change_note",
        "changed_at",
        "reviewed_on",
        "reviewed_by",
        "review_due_on",
    ]

    keeper = models.CharField(
        _("kept true by"),
        max_length=12,
        choices=Keeper,
        default=Keeper.EDITOR,
        help_text=_("The team that answers for the page. Readers see it."),
    )
    change_kind = models.CharField(
        _("this change is"),
        max_length=12,
        choices=ChangeKind.asked(),
        blank=True,
        help_text=_(
            "Minor: spelling, wording, a link. Substantive: the reader may have to act otherwise "
            "than before. A first publication is substantive."
        ),
    )
    change_note = models.TextField(
        _("what changed"),
        max_length=500,
        blank=True,
        help_text=_(
            "In the language of the page; shown in its history. A substantive change needs it."
        ),
    )
    changed_at = models.DateTimeField(
        _("last substantive change"), null=True, editable=False, db_index=True
    )
    reviewed_on = models.DateField(_("reviewed"), null=True, editable=False)
    reviewed_by = models.CharField(
        _("reviewed by"), max_length=12, choices=Keeper, blank=True, editable=False
    )
    review_due_on = models.DateField(_("next review"), null=True, editable=False)

    base_form_class = BasePageForm
    objects = BasePageManager()
    of_the_page = ("changed_at", "reviewed_on", "reviewed_by", "review_due_on")

    class Meta:
        abstract = True

    def clean(self):
        """A title is kept in one spelling, whatever keyboard or document it came from."""
        super().clean()
        self.title = text_to_keep(self.title)

    @property
    def language(self) -> str:
        return self.locale.language_code

    @property
    def is_overdue(self) -> bool:
        """Whether the day of the next review has gone by."""
        return bool(self.review_due_on and self.review_due_on < timezone.localdate())

    @property
    def reviewed(self) -> str:
        """Reviewed on 3.2.2026 by the legal service; before the first review, when published."""
        if not self.reviewed_on:
            day = self.first_published_at and timezone.localdate(self.first_published_at)
            return _("Published on %(day)s") % {"day": date_format(day)} if day else ""
        return REVIEWED_BY[self.reviewed_by or self.keeper] % {"day": date_format(self.reviewed_on)}

    def get_meta_description(self):
        return self.search_description or self.summary

    def with_content_json(self, content):
        """A revision says what the page says, never when it last changed or was reviewed."""
        page = super().with_content_json(content)
        for name in self.of_the_page:
            setattr(page, name, getattr(self, name))
        return page

    def get_context(self, request, *args, **kwargs):
        """The page's place and languages, and its original when that has changed since.

        `fragment` names what is remembered of it for all who may see the same pages, and `for_all`
        what readers without an account are shown at its address; None when nothing is remembered.
        """
        place = place_of(self, request.user)
        preview = getattr(request, "is_preview", False)
        fragment = None if preview else (self.pk, self.is_restricted, closed_to(request.user))
        for_all = None if request.GET or request.user.is_authenticated else fragment
        return super().get_context(request, *args, **kwargs) | {
            "crumbs": place.crumbs,
            "alternates": place.alternates,
            "newer_original": place.newer,
            "fragment": fragment,
            "for_all": for_all,
        }

    def serve_preview(self, request, mode_name):
        """The editor shows the draft in a frame of its own page."""
        response = super().serve_preview(request, mode_name)
        response._csp_replace = {"frame-ancestors": [SELF]}
        response["X-Frame-Options"] = "SAMEORIGIN"
        return response

    def get_view_restrictions(self):
        """Wagtail asks at each visit; the view that found the page may know that there are none."""
        if getattr(self, "open_to_all", False):
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()


class SubjectPage(BasePage):
    """A page about something, for someone, with a body of blocks.

    `referrer_key` is the key under which it rests on sections of the law (pages.references).
    `told_first` names the texts of its own that stand before the body, for its history.
    A kind of page that applies for a time has the first and the last day of it as fields.
    """

    topics = ParentalManyToManyField(
        "topics.Topic", verbose_name=_("topics"), blank=True, related_name="+"
    )
    audiences = ParentalManyToManyField(
        "topics.Audience", verbose_name=_("for whom"), blank=True, related_name="+"
    )
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    editors_note = models.TextField(
        _("editors' note"),
        max_length=2000,
        blank=True,
        help_text=_("What is still to be checked, and by whom. Readers never see it."),
    )

    override_translatable_fields = [
        SynchronizedField("topics"),
        SynchronizedField("audiences"),
        SynchronizedField("editors_note"),
    ]

    referrer_key = "guidance"
    told_first: tuple[str, ...] = ()
    applies_from: date | None = None
    applies_to: date | None = None

    class Meta:
        abstract = True

    def get_context(self, request, *args, **kwargs):
        """`impact_reviews` are the open reviews of the page after changes of the law."""
        subject = str(self.alias_of_id or self.pk)
        reviews = remembered(
            lambda: open_reviews(self.referrer_key, [subject]).get(subject, []),
            *("law checks", self.referrer_key, subject),
        )
        return super().get_context(request, *args, **kwargs) | {"impact_reviews": reviews}

    @property
    def is_past(self) -> bool:
        """Whether its last day has gone by."""
        return bool(self.applies_to and self.applies_to < timezone.localdate())

    @property
    def is_to_come(self) -> bool:
        """Whether its first day is still ahead."""
        return bool(self.applies_from and self.applies_from > timezone.localdate())

    @property
    def reference_note(self) -> str:
        """What is said of it where it is listed under a section: how far or how long it holds.

        That is from when or until when it applies, or when readers last had to know of a change.
        """
        if self.is_past:
            return gettext("No longer applies, until %(day)s") % {
                "day": date_format(self.applies_to)
            }
        if self.is_to_come:
            return gettext("From %(day)s") % {"day": date_format(self.applies_from)}
        if self.changed_at:
            return gettext("Updated %(date)s") % {
                "date": date_format(timezone.localdate(self.changed_at))
            }
        return ""

    @cached_property
    def headings(self) -> list:
        """The headings of the body in order, each with `text` and `anchor`."""
        return [child.value for child in self.body if child.block_type == "heading"]

    @property
    def words(self) -> str:
        """Everything that the body says, as plain text."""
        return "\n".join(self.body.stream_block.get_searchable_content(self.body))

    @property
    def kinds_of_block(self) -> set[str]:
        return {child["type"] for child in self.body.raw_data}

    @cached_property
    def sections(self) -> list:
        """The sections of the law that the body refers to, in a block or in running text."""
        return sections_of(self)

    @cached_property
    def sections_beside(self) -> list:
        """Those of `sections` that no box of the law in the body lists: each is listed once."""
        boxes = [child.value["sections"] for child in self.body if child.block_type == "law"]
        listed = {section for sections in boxes for section in sections}
        return [section for section in self.sections if section not in listed]

    @cached_property
    def unseen_acts(self) -> dict[str, list]:
        """Acts that changed sections the page rests on and whose words are not here, with these."""
        doubtful = [section for section in self.sections if section.acts_unseen]
        if not doubtful:
            return {}
        worded = SectionVersion.objects.filter(section__in=doubtful).worded()
        found: dict[str, list] = {}
        for section in doubtful:
            for act in section.acts_unseen:
                if act not in worded.get(section.pk, ()):
                    found.setdefault(act, []).append(section)
        return found

    @cached_property
    def topic_links(self) -> list[tuple[str, str | None]]:
        """The names of the topics, each with the address of its theme page when there is one."""
        topics = list(self.topics.all())
        addresses = theme_addresses(topics, self.locale_id)
        return [(topic.name, addresses.get(topic.pk)) for topic in topics]

    @cached_property
    def audience_names(self) -> list[str]:
        return [audience.name for audience in self.audiences.all()]

    @cached_property
    def history(self) -> list[PageChange]:
        """Every publication and withdrawal, the newest first, each with its `version`."""
        return history_of(self, restricted=self.is_restricted)

    @property
    def version(self) -> Version | None:
        """The version that is on show."""
        return self.history[0].version if self.history else None

    @property
    def follow_key(self):
        """What the events of the page are told of: an alias is followed by its original's."""
        return (self.alias_of or self).translation_key

    @property
    def history_url(self) -> str:
        return page_address("content:history", self.url_path)

    @property
    def version_url(self) -> str:
        """Where the version that is on show now can always be read."""
        number = self.version.number if self.version else 1
        return page_address("content:version", self.url_path, number=number)
