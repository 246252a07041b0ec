from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Content(AppConfig):
    name = "content"
    verbose_name = _("Content")

    def ready(self):
        from wagtail.signals import page_published, page_unpublished

        from portal.law.resting import register
        from portal.notices import following as notices

        from . import changes, following
        from .resting import KINDS

        page_published.connect(changes.page_published, dispatch_uid="content.changes")
        page_unpublished.connect(changes.page_unpublished, dispatch_uid="content.changes")
        for kind in KINDS:
            register(kind)
        for kind in following.KINDS:
            notices.register(kind)
