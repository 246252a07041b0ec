"""Areas for those who follow them."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext_lazy as _

from portal.languages import in_language
from portal.notifications.following import Followable, Target, User

from .models import Area


def find(subjects: Collection[str], user: User, language: str) -> Mapping[str, Target]:
    """The areas by key (TA05), in any language: one query."""
    areas = Area.objects.visible_to(user).with_page().filter(key__in=subjects).defer("map_path")
    with in_language(language):
        return {area.key: Target(area.name, area.get_absolute_url()) for area in areas}


FOLLOWABLE = Followable(_("Areas"), find)
