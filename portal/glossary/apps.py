from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Glossary(AppConfig):
    name = "portal.glossary"
    verbose_name = _("Glossary")

    def ready(self):
        from django.db.models.signals import pre_delete

        from portal.law import resting
        from portal.running import sitemaps

        from .models import Term
        from .resting import KIND, deleted

        sitemaps.register("glossary", sitemaps.Views("glossary:index"))
        resting.register(KIND)
        pre_delete.connect(deleted, sender=Term, dispatch_uid="glossary.deleted")
