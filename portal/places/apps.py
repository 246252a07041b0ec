from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Places(AppConfig):
    name = "portal.places"
    verbose_name = _("Places")

    def ready(self):
        from portal import sitemaps
        from portal.notifications import following as notices

        from . import following
        from .models import Area

        notices.register(following.FOLLOWABLE)
        sitemaps.register("places", sitemaps.Views("places:index"))
        sitemaps.register(
            "areas",
            sitemaps.Rows(
                lambda user: Area.objects.visible_to(user).with_page().only("key", "kind", "code")
            ),
        )
