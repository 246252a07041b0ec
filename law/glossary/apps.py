from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Glossary(AppConfig):
    name = "law.glossary"
    verbose_name = _("Glossary")

    def ready(self):
        from django.db.models.signals import pre_delete

        from .models import Term
        from .references import deleted

        pre_delete.connect(deleted, sender=Term, dispatch_uid="glossary.deleted")
