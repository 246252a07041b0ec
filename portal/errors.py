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
        return _("The address has an error: “%(name)s” cannot be “%(value)s”.") % {
            "name": self.name,
            "value": self.value[:100],
        }


class BadDay(BadParameter):
    """A parameter that should be a day is none: the page also says how a day is written."""

    def __str__(self):
        return f"{super().__str__()} {_('Give the day in the form 2025-06-01.')}"


class BrokenFileError(Exception):
    """A file of reference data cannot be taken in: which, where in it, and what is wrong."""

    def __init__(self, file: str, where: str, problem: str):
        self.file, self.where, self.problem = file, where, problem
        super().__init__(f"{file}: {where}: {problem}" if where else f"{file}: {problem}")
