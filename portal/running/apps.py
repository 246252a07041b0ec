import sentry_sdk
from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class Running(AppConfig):
    name = "portal.running"
    verbose_name = _("Running")

    def ready(self):
        """Faults go to Sentry when it has an address, without what people sent or who they are."""
        if settings.SENTRY_DSN:
            sentry_sdk.init(
                dsn=settings.SENTRY_DSN,
                send_default_pii=False,
                include_local_variables=False,
                max_request_body_size="never",
            )
