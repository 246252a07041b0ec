import gc
from importlib import import_module

import sentry_sdk
from django.apps import AppConfig
from django.conf import settings
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _

from portal import logs, sheets
from portal.caching import fragments

ASK_FOR_A_CACHE = ("wagtail.coreutils", "wagtail.signal_handlers", "wagtail.models.sites")
EXPORTS = "wagtail.admin.views.mixins"


class Operations(AppConfig):
    name = "portal.operations"
    label = "running"
    verbose_name = _("Running")

    def ready(self):
        """Each connection watches for what makes a new version.

        Wagtail's addresses are kept with the fragments: the default cache only counts. Its exports
        are written like ours. Faults go to Sentry when it has an address, without what people sent
        or who they are. What is loaded by now stays: the garbage collector passes it by.
        """
        from portal import health
        from portal.caching import cache_version
        from portal.operations import starter

        connection_created.connect(cache_version.watch, dispatch_uid="version")
        pre_migrate.connect(cache_version.before_migrations, sender=self, dispatch_uid="version")
        post_migrate.connect(cache_version.after_migrations, sender=self, dispatch_uid="version")
        if settings.DEMO:
            health.register("starter", starter.state)
        for name in ASK_FOR_A_CACHE:
            import_module(name).cache = fragments.cache
        import_module(EXPORTS).SpreadsheetExportMixin.write_csv_row = sheets.write_csv_row
        if settings.SENTRY_DSN:
            sentry_sdk.init(
                dsn=settings.SENTRY_DSN,
                send_default_pii=False,
                include_local_variables=False,
                max_request_body_size="never",
                before_send=logs.before_send,
                max_breadcrumbs=0,
            )
        gc.freeze()
