from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Law(AppConfig):
    name = "law"
    verbose_name = _("Law")

    def ready(self):
        from portal import sitemaps
        from portal.notifications import following as notices

        from . import following, references, summaries
        from .models import Act, Section

        notices.register(following.FOLLOWABLE)
        references.register(summaries.KIND)
        sitemaps.register("law", sitemaps.Views("law:index"))
        sitemaps.register("acts", sitemaps.Rows(Act.objects.visible_to))
        sitemaps.register(
            "sections",
            sitemaps.Rows(lambda user: Section.objects.visible_to(user).select_related("act")),
        )
