from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Places(AppConfig):
    name = "portal.places"
    verbose_name = _("Places")

    def ready(self):
        from portal.running import sitemaps

        from .models import Area

        sitemaps.register("places", sitemaps.Views("places:index"))
        sitemaps.register(
            "areas",
            sitemaps.Rows(
                lambda user: Area.objects.visible_to(user).with_page().only("key", "kind", "code")
            ),
        )
