from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Duties(AppConfig):
    name = "law.duties"
    verbose_name = _("What the law asks of authorities")

    def ready(self):
        from django.db.models.signals import pre_delete

        from .models import Duty
        from .references import deleted

        pre_delete.connect(deleted, sender=Duty, dispatch_uid="duties.deleted")
