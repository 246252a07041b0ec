from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Organisations(AppConfig):
    name = "partnership.organisations"
    verbose_name = _("Organisations")

    def ready(self):
        from portal.notices import following as notices
        from portal.places import panels
        from portal.running import sitemaps

        from . import following
        from .models import Organisation
        from .panels import PARTNERS

        notices.register(following.FOLLOWABLE)
        panels.register(PARTNERS)
        sitemaps.register("partners", sitemaps.Views("organisations:index", "organisations:join"))
        sitemaps.register(
            "organisations",
            sitemaps.Rows(lambda user: Organisation.objects.visible_to(user).members()),
        )
