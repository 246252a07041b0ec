"""What monitoring adds to /cms/."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from .admin.viewsets import MonitoringGroup, indicator_chooser


@hooks.register("register_admin_viewset")
def monitoring_group():
    return MonitoringGroup()


@hooks.register("register_admin_viewset")
def chooser_of_indicators():
    return indicator_chooser


@hooks.register("register_log_actions")
def name_what_is_logged(actions):
    @actions.register_action("monitoring.import")
    class ImportFormatter(LogFormatter):
        label = _("Import values")

        def format_message(self, entry):
            count = entry.data.get("new", 0) + entry.data.get("changed", 0)
            return ngettext("Imported %(count)s value.", "Imported %(count)s values.", count) % {
                "count": count
            }
