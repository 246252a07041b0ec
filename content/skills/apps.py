from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Skills(AppConfig):
    name = "content.skills"
    label = "skills"
    verbose_name = _("Courses")
