from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Editorial(AppConfig):
    name = "content.editorial"
    verbose_name = _("Editorial work")

    def ready(self):
        from wagtail.signals import page_published, page_unpublished

        from . import changes

        page_published.connect(changes.page_published, dispatch_uid="editorial.changes")
        page_unpublished.connect(changes.page_unpublished, dispatch_uid="editorial.changes")
