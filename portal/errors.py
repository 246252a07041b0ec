"""Errors that the site words for people."""

from django.core.exceptions import BadRequest
from django.utils.translation import gettext as _


class BadParameter(BadRequest):
    """A parameter of the address has a value that cannot be read: 400, and the page names it."""

    for_people = True

    def __init__(self, name: str, value: str):
        self.name, self.value = name, value
        super().__init__(name, value)

    def __str__(self):
        return _("The parameter “%(name)s” cannot have the value “%(value)s”.") % {
            "name": self.name,
            "value": self.value[:100],
        }
