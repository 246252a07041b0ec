"""The terms that a section of the law defines, for the section's page."""

from collections import defaultdict

from django.utils.translation import gettext_lazy as _

from portal.languages import alphabetical
from portal.law.resting import Item, Kind

from .models import Term


def items(sections, user, language):
    """The terms of each section in the alphabet of the reader's language: one query."""
    found = defaultdict(list)
    for term in alphabetical(Term.objects.visible_to(user).filter(section__in=sections)):
        found[term.section_id].append(Item(term.name, term.get_absolute_url()))
    return found


KIND = Kind("terms", _("Terms"), items)
