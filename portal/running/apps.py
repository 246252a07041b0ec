from importlib import import_module

import sentry_sdk
from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal import fragments, logs

ASK_FOR_A_CACHE = ("wagtail.coreutils", "wagtail.signal_handlers", "wagtail.models.sites")


class Running(AppConfig):
    name = "portal.running"
    verbose_name = _("Running")

    def ready(self):
        """Wagtail's addresses are kept with the fragments: the default cache only counts.

        Faults go to Sentry when it has an address, without what people sent or who they are.
        """
        from portal.running import health, starter

        if settings.DEMO:
            health.register("starter", starter.state)
        for name in ASK_FOR_A_CACHE:
            import_module(name).cache = fragments.cache
        if settings.SENTRY_DSN:
            sentry_sdk.init(
                dsn=settings.SENTRY_DSN,
                send_default_pii=False,
                include_local_variables=False,
                max_request_body_size="never",
                before_send=logs.before_send,
                max_breadcrumbs=0,
            )
