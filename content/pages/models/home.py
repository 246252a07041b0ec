"""The home page of a language."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from content.pages.blocks import TasksBlock
from content.pages.home import sections
from content.pages.shortcuts import tasks_of
from content.pages.visibility import closed_to
from law.news import newest_law_changes
from portal.caching.memory import remembered
from portal.topics.models import Audience

from .base import BasePage
from .deadlines import upcoming_deadlines
from .guidance import newest_changes, themes_in
from .news import newest_news
from .panels import tabs


class HomePage(BasePage):
    """Finds the reader by task, by role and by area. Its slug is its language: /en/."""

    tasks = StreamField(
        TasksBlock(),
        verbose_name=_("tasks"),
        blank=True,
        help_text=_("What readers come to do, the most common first; six to ten."),
    )

    edit_handler = tabs([FieldPanel("tasks")], address=())
    page_description = _("The first page of a language.")
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "content.GuidanceIndexPage",
        "content.NewsIndexPage",
        "content.AboutIndexPage",
        "questions.QuestionIndexPage",
    ]
    max_count = 3

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request, *args, **kwargs):
        """Tasks, roles, and themes; the newest news, amendments and changes of guidance."""
        shown = remembered(
            lambda: self._shown_to(request.user), "home", self.locale_id, closed_to(request.user)
        )
        tasks = tasks_of(self.tasks, self.locale_id, request.user)
        return super().get_context(request, *args, **kwargs) | shown | {"tasks": tasks}

    def _shown_to(self, user):
        """What is the same for all who may see the same pages."""
        return {
            "audiences": list(Audience.objects.all()),
            "themes": list(themes_in(self.language, user)),
            "today": timezone.localdate(),
            "law_changes": list(newest_law_changes()[:4]),
            "deadlines": list(upcoming_deadlines(self.language, user)[:5]),
            "news": list(newest_news(self.language, user)[:3]),
            "rooms": sections(),
            "changes": list(newest_changes(self.language, user)[:4]),
        }

    def clean(self):
        super().clean()
        if self.locale_id and self.slug != self.locale.language_code:
            raise ValidationError({"slug": _("The slug of a home page is its language.")})
