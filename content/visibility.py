"""Which pages a reader may see, and in which language."""

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.expressions import ExpressionWrapper
from django.db.models.fields import CharField
from wagtail.models import PageManager, PageViewRestriction
from wagtail.query import PageQuerySet

from portal.law.impact import being_checked


def restrictions_above(user=None):
    """The restrictions on a page (OuterRef), its original or above that keep `user` out.

    Without a user: all of them. A shared password opens a page, but never puts it on a list.
    """
    kept_out = PageViewRestriction.objects.annotate(
        here=ExpressionWrapper(OuterRef("path"), output_field=CharField()),
        original=ExpressionWrapper(OuterRef("alias_of__path"), output_field=CharField()),
    ).filter(Q(here__startswith=F("page__path")) | Q(original__startswith=F("page__path")))
    if user is None or not user.is_authenticated:
        return kept_out
    opened = Q(restriction_type=PageViewRestriction.LOGIN)
    if user.is_superuser:
        opened |= Q(restriction_type=PageViewRestriction.GROUPS)
    else:
        opened |= Q(
            restriction_type=PageViewRestriction.GROUPS, groups__in=user.groups.values("pk")
        )
    return kept_out.exclude(pk__in=PageViewRestriction.objects.filter(opened).values("pk"))


def visible_to(pages, user):
    """Those of a queryset of pages (of any class) that are published and open to `user`."""
    return pages.filter(~Exists(restrictions_above(user)), live=True)


class BasePageQuerySet(PageQuerySet):
    def visible_to(self, user):
        return visible_to(self, user)

    def in_language(self, language):
        return self.filter(locale__language_code=language)

    def with_checks(self):
        """Each page with `being_checked`: whether a check after a change of the law is open.

        Of an alias: a check of its original.
        """
        return self.annotate(being_checked=being_checked(self.model.resting_kind, "alias_of", "pk"))


BasePageManager = PageManager.from_queryset(BasePageQuerySet)
