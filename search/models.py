"""The index: what can be found, in a narrow row and a wide one, and what waits to be written.

`Document` is one thing in one language with all that filters, ranks and leads to it; `Text` is what
it says, and the forms its words are found by. They are kept apart so that counting and ranking
thousands of hits never reads the texts. The full-text index over `Text` is made by a migration in
the way of each database: an FTS5 table on SQLite, a generated tsvector on PostgreSQL.
"""

from collections.abc import Collection
from dataclasses import replace

from django.conf import settings
from django.db import models
from django.db.models import Case, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.search_api import PUBLIC, audiences
from search import steering
from search.engines import Candidate


class DocumentQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(audience__in=audiences_of(user))

    def narrow(self):
        """Without the texts, and whether each has ended: what a candidate is made of."""
        return self.with_past().only(
            *("uid", "thing", "kind", "language", "topics", "areas", "boost", "title_terms"), "path"
        )

    def with_past(self):
        """With `ended`: whether a document held once and does so no longer."""
        return self.annotate(
            ended=Case(When(holds_to__lt=timezone.localdate(), then=True), default=False)
        )


def kept_as(audiences: Collection[str]) -> str:
    """A set of audiences as a document keeps it; what is everybody's is nobody's in particular."""
    return PUBLIC if PUBLIC in audiences else "|".join(sorted(audiences))


def audiences_of(user) -> list[str]:
    """The kept sets of audiences that a person is in: no query for a reader without an account.

    There are few sets, however many documents: a query never names documents one by one.
    """
    if not user.is_authenticated:
        return [PUBLIC]
    own = audiences(user)
    kept = Document.objects.order_by().values_list("audience", flat=True).distinct()
    return sorted({PUBLIC, *(one for one in kept if own.intersection(one.split("|")))})


class Document(models.Model):
    """One thing in one language: how it is filtered, ranked and led to.

    `uid` is kind, key and language, `audience` the set of those who may find it (`kept_as`);
    `thing` is the same for all languages of the thing. Topics and
    areas are keys between blanks (" TA05 MK01 "), areas with the areas they belong to. `title_key`
    is the title in lower case after a blank, so that each of its words begins after one.
    `holds_from` and `holds_to` are its first and last day, where it does not hold for ever: a
    repealed section, guidance on what a change of the law brings.
    """

    uid = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=90)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    thing = models.CharField(max_length=110, db_index=True)
    audience = models.CharField(max_length=255, default=PUBLIC, db_index=True)
    topics = models.CharField(max_length=1000, default="  ")
    areas = models.CharField(max_length=4000, default="  ")
    holds_from = models.DateField(null=True)
    holds_to = models.DateField(null=True)
    boost = models.FloatField(default=1)
    date = models.DateField(null=True)
    title_terms = models.CharField(max_length=2000)
    title_key = models.CharField(max_length=301)
    title_plain = models.CharField(max_length=301, default="")
    title = models.CharField(max_length=300)
    path = models.CharField(max_length=500)
    indexed_at = models.DateTimeField(default=timezone.now)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["kind", "key"], name="documents_of_a_thing")]

    def __str__(self):
        return self.uid

    ended: bool  # where it is read by `with_past()`

    def candidate(self, score: float) -> Candidate:
        """This document, read by `narrow()`, as an engine would give it."""
        return Candidate(
            self.pk,
            self.thing,
            self.kind,
            self.language,
            self.topics,
            self.areas,
            self.ended,
            self.title_terms,
            score,
        )

    @property
    def past(self) -> bool:
        return self.holds_to is not None and self.holds_to < timezone.localdate()

    @property
    def coming(self) -> bool:
        return self.holds_from is not None and self.holds_from > timezone.localdate()


class Text(models.Model):
    """What a document says, and the forms under which its words are found.

    `trail` is the titles of what it stands under. The terms are in the order of the text; the
    parts are other readings and compound parts, which weigh less.
    """

    document = models.OneToOneField(
        Document, on_delete=models.CASCADE, primary_key=True, related_name="text"
    )
    trail = models.JSONField(default=list)
    summary = models.TextField()
    body = models.TextField()
    title_terms = models.TextField()
    body_terms = models.TextField()
    title_parts = models.TextField()
    body_parts = models.TextField()

    def __str__(self):
        return str(self.document_id)


class Vocabulary(models.Model):
    """The words of a language's public documents as they are written, and how many have each.

    Spelling is put right by them; made whenever everything is written anew.
    """

    language = models.CharField(max_length=2, unique=True)
    words = models.JSONField(default=dict)

    def __str__(self):
        return self.language


class Change(models.Model):
    """Something was saved, published, withdrawn or deleted, and the index must follow.

    A row lives until every engine has followed. `written_at` says that the database's index has,
    and that only Elasticsearch is still to be told.
    """

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=90)
    made_at = models.DateTimeField(default=timezone.now)
    written_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.kind}:{self.key}"


class SearchSynonym(models.Model):
    """Words that mean the same as others, as an editor says; beside those of data/synonyms.toml.

    `words` and `means` are given with commas between them. A `retired` word is one that is used no
    longer: the page of results says what it is called now.
    """

    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    words = models.CharField(
        _("what people type"), max_length=300, help_text=_("With commas between them.")
    )
    means = models.CharField(
        _("what the texts say"), max_length=300, help_text=_("With commas between them.")
    )
    retired = models.BooleanField(
        _("a former name"),
        default=False,
        help_text=_("The page of results then says what it is called now."),
    )
    reason = models.CharField(_("reason"), max_length=300)
    in_use = models.BooleanField(
        _("in use"), default=False, help_text=_("Look first at what it changes.")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        verbose_name=_("owner"),
        related_name="+",
    )
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        ordering = ["language", "words"]
        verbose_name = _("synonym of the search")
        verbose_name_plural = _("synonyms of the search")

    def __str__(self):
        return f"{self.words} → {self.means}"

    def clean(self):
        steering.check_synonym(self)

    def added_to(self, others: steering.Steering) -> steering.Steering:
        """What editors say, and this."""
        return replace(others, synonyms=(*others.synonyms, steering.said(self)))


class SearchPin(models.Model):
    """What comes first for some words until a day, because an editor says so."""

    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    words = models.CharField(
        _("words of the search"),
        max_length=200,
        help_text=_("In any form and order, and nothing besides them."),
    )
    address = models.CharField(
        _("address of what comes first"),
        max_length=500,
        help_text=_("On this portal, in the same language, such as /en/guidance/…"),
    )
    reason = models.CharField(_("reason"), max_length=300)
    in_use = models.BooleanField(
        _("in use"), default=False, help_text=_("Look first at what it changes.")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        verbose_name=_("owner"),
        related_name="+",
    )
    ends_on = models.DateField(_("last day"))

    class Meta:
        ordering = ["language", "words"]
        verbose_name = _("pin of the search")
        verbose_name_plural = _("pins of the search")

    def __str__(self):
        return f"{self.words} → {self.address}"

    def clean(self):
        steering.check_pin(self)

    def added_to(self, others: steering.Steering) -> steering.Steering:
        """What editors say, and this."""
        return replace(others, pins=(*others.pins, steering.pin(self)))

    @property
    def is_there(self) -> bool:
        """Whether everybody can still find what it names."""
        return Document.objects.filter(path=self.address, audience=PUBLIC).exists()


class EmptySearch(models.Model):
    """How often something was searched in a week and nothing was found.

    `words` stay empty until the same was searched often enough: what one person alone asked is
    kept as a digest, and what may tell of a person is not kept at all.
    """

    week = models.DateField(_("week from"))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    digest = models.CharField(max_length=64)
    words = models.CharField(_("words"), max_length=200, blank=True)
    count = models.PositiveIntegerField(_("searches"), default=0)

    class Meta:
        ordering = ["-week", "-count", "words"]
        verbose_name = _("search that found nothing")
        verbose_name_plural = _("searches that found nothing")
        constraints = [
            models.UniqueConstraint(
                fields=["week", "language", "digest"], name="one_count_a_week_and_words"
            )
        ]

    def __str__(self):
        return self.words or self.digest[:8]


class IndexState(models.Model):
    """How the index was made: one row, made by `search_index --rebuild`."""

    analyser = models.CharField(max_length=120)
    rebuilt_at = models.DateTimeField(null=True)
    rebuilding_since = models.DateTimeField(null=True)

    def __str__(self):
        return self.analyser

    @classmethod
    def current(cls) -> "IndexState":
        return cls.objects.first() or cls()
