"""How many follow what: numbers for the editors, and never an address."""

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permission_policies import ModelPermissionPolicy

from portal.languages import current_language

from . import following
from .models import Follow, Follower, Frequency

MOST = 20


class FiguresView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Followers by frequency and language, follows by kind, and what most follow."""

    permission_policy = ModelPermissionPolicy(Follower)
    permission_required = "view"
    template_name = "notices/figures.html"
    page_title = _("Followers")
    header_icon = "mail"

    def get_context_data(self, **kwargs):
        followers = Follower.objects.to_be_told()
        follows = Follow.objects.confirmed()
        by_kind = dict(_counted(follows, "kind"))
        languages = dict(Follower._meta.get_field("language").choices)
        return super().get_context_data(
            **kwargs,
            **followers.aggregate(
                followers=Count("pk"), accounts=Count("pk", filter=Q(user__isnull=False))
            ),
            waiting=Follow.objects.filter(confirmed_at=None).count(),
            tables=[
                (
                    _("What is followed"),
                    [(one.title, by_kind.get(key, 0)) for key, one in following.offered().items()],
                ),
                (
                    _("By how often"),
                    [(Frequency(key).label, n) for key, n in _counted(followers, "frequency")],
                ),
                (_("By language"), [(languages[k], n) for k, n in _counted(followers, "language")]),
            ],
            most=self.most_followed(follows),
        )

    def most_followed(self, follows: QuerySet[Follow]) -> list[tuple[following.Target, int]]:
        """The things that most follow and the person at hand may see, with their numbers."""
        rows = list(
            follows.order_by()
            .values_list("kind", "subject")
            .annotate(number=Count("pk"))
            .order_by("-number", "kind", "subject")[:MOST]
        )
        things = [(kind, subject) for kind, subject, _number in rows]
        found = following.find(things, self.request.user, current_language())
        return [
            (found[kind, subject], number)
            for kind, subject, number in rows
            if (kind, subject) in found
        ]


def _counted(rows: QuerySet, name: str) -> list[tuple[str, int]]:
    return list(rows.order_by().values_list(name).annotate(number=Count("pk")).order_by("-number"))
