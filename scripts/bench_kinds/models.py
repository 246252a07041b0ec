"""Kinds of page that nobody writes: each has a table of its own, like those of the portal."""

from content.pages.models import SubjectPage


class FirstPage(SubjectPage):
    class Meta:
        verbose_name = "first kind"


class SecondPage(SubjectPage):
    class Meta:
        verbose_name = "second kind"


class ThirdPage(SubjectPage):
    class Meta:
        verbose_name = "third kind"
