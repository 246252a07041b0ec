from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Law(AppConfig):
    name = "portal.law"
    verbose_name = _("Law")

    def ready(self):
        from portal.notices import following as notices
        from portal.running import sitemaps

        from . import following, resting, summaries
        from .models import Act, Section

        notices.register(following.FOLLOWABLE)
        resting.register(summaries.KIND)
        sitemaps.register("law", sitemaps.Views("law:index"))
        sitemaps.register("acts", sitemaps.Rows(Act.objects.visible_to))
        sitemaps.register(
            "sections",
            sitemaps.Rows(lambda user: Section.objects.visible_to(user).select_related("act")),
        )
