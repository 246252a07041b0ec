from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Content(AppConfig):
    name = "content"
    verbose_name = _("Content")

    def ready(self):
        from django.db.models.signals import post_delete
        from wagtail.models import Page
        from wagtail.signals import (
            page_published,
            page_slug_changed,
            page_unpublished,
            post_page_move,
        )

        from portal.law.resting import register
        from portal.notices import following as notices

        from . import changes, following
        from .edition import next_edition
        from .resting import KINDS

        page_published.connect(changes.page_published, dispatch_uid="content.changes")
        page_unpublished.connect(changes.page_unpublished, dispatch_uid="content.changes")
        for signal in (page_published, page_unpublished, post_page_move, page_slug_changed):
            signal.connect(next_edition, dispatch_uid="content.edition")
        post_delete.connect(next_edition, sender=Page, dispatch_uid="content.edition")
        for kind in KINDS:
            register(kind)
        for kind in following.KINDS:
            notices.register(kind)
