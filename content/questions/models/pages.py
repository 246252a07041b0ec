"""The public side: the index of a language, and the pages that answer everyone."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel
from wagtail_localize.fields import SynchronizedField, TranslatableField

from content.pages.mentions import NamingTextField
from content.pages.models import BasePage, SubjectPage
from content.pages.models.base import Keeper
from content.pages.models.panels import SUBJECT, tabs
from content.pages.related import related
from content.questions.figures import public_figures
from content.questions.listing import AnswerFilterForm
from content.questions.permissions import AnswerPermissions
from content.questions.validity import KIND, Validity, validities_of
from portal.operations.starter import pending
from portal.paging import page_of

from .cases import Question
from .page_form import AnswerPageForm


class QuestionIndexPage(BasePage):
    """Every published answer of a language, how quickly questions are answered, and the way to ask.

    Its slug is the first word of the addresses of asking (content.questions.urls), in its language.
    """

    PER_PAGE = 20

    edit_handler = tabs([], address=())
    page_description = _("The list of answers to legal questions.")
    parent_page_types = ["content.HomePage"]
    subpage_types = ["questions.AnswerPage"]
    max_count = 3

    class Meta:
        verbose_name = _("index of legal questions")
        verbose_name_plural = _("indexes of legal questions")

    def get_context(self, request, *args, **kwargs):
        replaced = models.Case(models.When(replaced_by__isnull=True, then=0), default=1)
        every = newest_answers(self.language, request.user)
        every = every.order_by(replaced, *every.query.order_by)
        form = AnswerFilterForm(request.GET, every)
        answers = page_of(form.narrow(every), request, self.PER_PAGE)
        validities = validities_of(answers.object_list)
        return super().get_context(request, *args, **kwargs) | {
            "form": form,
            "answers": answers,
            "rows": [(answer, validities[answer.pk]) for answer in answers],
            "figures": public_figures(Question.objects.all()),
            "examples": every.filter(example=True).exists(),
            "loading": pending("content.questions.starter.load"),
        }


class AnswerPage(SubjectPage):
    """One question and its answer, in words that tell of nobody, for all who apply the law.

    It begins with a question that two lawyers have answered (content.questions.services.publishing)
    and never in the page tree, where nobody could tell that no second lawyer has seen it.
    """

    is_creatable = False
    opened_to_publish = True

    REVIEW_MONTHS = 12
    # The words that views have under the index, in the three languages.
    TAKEN_SLUGS = frozenset(["ask", "kysy", "fraga", "mine", "omat", "mina"])

    asked = NamingTextField(
        _("the question"),
        max_length=4000,
        help_text=_("In words that tell of nobody: no client, no place, no date of a case."),
    )
    applies_from = models.DateField(
        _("applies from"),
        null=True,
        blank=True,
        help_text=_("The first day on which the answer holds."),
    )
    applies_to = models.DateField(
        _("applies to"),
        null=True,
        blank=True,
        help_text=_(
            "The last day on which it holds. When a later answer replaces it, yesterday unless you "
            "say otherwise."
        ),
    )
    replaced_by = models.ForeignKey(
        "self",
        verbose_name=_("replaced by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="replaces",
        help_text=_(
            "A later answer to the same question. This one stays readable, marked, and comes last "
            "in search."
        ),
    )
    example = models.BooleanField(_("an invented example"), default=False, editable=False)

    referrer_key = KIND
    told_first = ("asked",)
    exclude_fields_in_copy = [*BasePage.exclude_fields_in_copy, "example"]
    override_translatable_fields = [
        *SubjectPage.override_translatable_fields,
        TranslatableField("asked"),
        SynchronizedField("applies_from"),
        SynchronizedField("applies_to"),
        SynchronizedField("replaced_by"),
    ]
    edit_handler = tabs(
        [
            FieldPanel("asked"),
            FieldPanel("body", heading=_("Answer")),
            FieldPanel("not_personal"),
        ],
        about=[
            *SUBJECT,
            FieldRowPanel([FieldPanel("applies_from"), FieldPanel("applies_to")]),
            PageChooserPanel("replaced_by", ["questions.AnswerPage"]),
        ],
    )
    page_description = _("A legal question and its answer, checked by two lawyers.")
    base_form_class = AnswerPageForm
    parent_page_types = ["questions.QuestionIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("answer to a legal question")
        verbose_name_plural = _("answers to legal questions")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.pk and not kwargs.get("keeper"):
            self.keeper = Keeper.LAWYER

    def permissions_for_user(self, user):
        return AnswerPermissions(user, self)

    def clean(self):
        super().clean()
        if self.replaced_by_id and self.applies_to is None:
            self.applies_to = timezone.localdate() - timedelta(days=1)
        if self.applies_from and self.applies_to:
            self.applies_from = min(self.applies_from, self.applies_to)
        if self.slug in self.TAKEN_SLUGS:
            raise ValidationError({"slug": _("This word leads to another page of the questions.")})
        self._look_at_replacements()

    def _look_at_replacements(self):
        """Whoever follows from one later answer to the next never comes back here."""
        later, passed = self.replaced_by, set()
        while later and later.pk not in passed:
            if later.translation_key == self.translation_key:
                words = _("A page cannot be replaced by itself, nor by what it has replaced.")
                raise ValidationError({"replaced_by": words})
            passed.add(later.pk)
            later = later.replaced_by

    @property
    def summary_repeats_question(self) -> bool:
        """Whether the summary is only how the question begins, which stands below it anyway."""
        summary = " ".join(self.summary.rstrip("…").split())
        return " ".join(self.asked.split()).startswith(summary)

    @property
    def words(self) -> str:
        """The question and the answer, as plain text."""
        return f"{self.asked}\n{super().words}"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        return context | {
            "validity": Validity.of(self, checking=bool(context["impact_reviews"])),
            "replacement": replacement_of(self, request.user),
            "related": related(self, AnswerPage.objects.all(), request.user),
        }


def replacement_of(page: AnswerPage, user) -> AnswerPage | None:
    """The answer that has taken the place of a page, in the page's language if it is there."""
    if page.replaced_by_id is None:
        return None
    later = AnswerPage.objects.visible_to(user).filter(
        translation_key__in=AnswerPage.objects.filter(pk=page.replaced_by_id).values(
            "translation_key"
        )
    )
    return later.order_by(
        models.Case(models.When(locale_id=page.locale_id, then=0), default=1), "locale_id"
    ).first()


def newest_answers(language: str, user):
    """Published answers of a language that `user` may see, the latest changed first."""
    return (
        AnswerPage.objects.visible_to(user)
        .in_language(language)
        .defer_streamfields()
        .order_by(F("changed_at").desc(nulls_last=True), "-pk")
    )
