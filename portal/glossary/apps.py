from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Glossary(AppConfig):
    name = "portal.glossary"
    verbose_name = _("Glossary")

    def ready(self):
        from django.db.models.signals import post_delete, post_save, pre_delete

        from portal.law import resting
        from portal.running import sitemaps

        from .marking import forget
        from .models import Term
        from .resting import KIND, deleted

        sitemaps.register("glossary", sitemaps.Views("glossary:index"))
        resting.register(KIND)
        for signal in (post_save, post_delete):
            signal.connect(forget, sender=Term, dispatch_uid="glossary.forget")
        pre_delete.connect(deleted, sender=Term, dispatch_uid="glossary.deleted")
