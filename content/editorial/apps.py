from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Editorial(AppConfig):
    name = "content.editorial"
    verbose_name = _("Editorial work")

    def ready(self):
        from django.db.models.signals import post_save
        from wagtail.models import PageLogEntry
        from wagtail.signals import page_published, page_unpublished

        from . import changes

        page_published.connect(changes.page_published, dispatch_uid="editorial.changes")
        page_unpublished.connect(changes.page_unpublished, dispatch_uid="editorial.changes")
        post_save.connect(
            changes.alias_converted, sender=PageLogEntry, dispatch_uid="editorial.aliases"
        )
