from django.apps import AppConfig
from django.core.checks import register
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.utils.translation import gettext_lazy as _


class Search(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self):
        from wagtail.models import PageViewRestriction
        from wagtail.signals import page_slug_changed, page_unpublished, post_page_move

        from portal import health, search_api
        from search import checks, queries, queue
        from search.documents import kinds

        for kind in kinds().values():
            for model in kind.models:
                post_save.connect(queue.row_saved, sender=model)
                post_delete.connect(queue.row_deleted, sender=model)
            for relation in kind.searchable.relations:
                m2m_changed.connect(queue.relation_changed, sender=relation.through)
            for part in kind.searchable.parts:
                receiver = queue.part_changed(kind.key, part)
                for signal in (post_save, post_delete):
                    signal.connect(receiver, sender=part.model, weak=False)
        for signal in (post_save, post_delete):
            signal.connect(queue.restriction_changed, sender=PageViewRestriction)
        page_unpublished.connect(queue.page_withdrawn)
        page_slug_changed.connect(queue.page_moved)
        post_page_move.connect(queue.page_moved)
        register(checks.elasticsearch_settings)
        search_api.register(queries.find)
        health.register("search", queries.answering)
