from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Courses(AppConfig):
    name = "tests.room.courses"
    verbose_name = _("Courses")
