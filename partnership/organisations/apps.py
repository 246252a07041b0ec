from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Organisations(AppConfig):
    name = "partnership.organisations"
    verbose_name = _("Organisations")

    def ready(self):
        from portal import sitemaps
        from portal.notifications import following as notices
        from portal.places import area_sections

        from . import following
        from .area_sections import PARTNERS
        from .models import Organisation

        notices.register(following.FOLLOWABLE)
        area_sections.register(PARTNERS)
        sitemaps.register("partners", sitemaps.Views("organisations:index", "organisations:join"))
        sitemaps.register(
            "organisations",
            sitemaps.Rows(lambda user: Organisation.objects.visible_to(user).members()),
        )
