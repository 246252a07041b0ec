"""The first panel of /cms/: what waits for the person, from every room, what has a day first."""

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.components import Component

from portal.inbox import waiting_for

SHOWN = 12


class WaitingPanel(Component):
    """Read from the same inboxes as the desk; says plainly when nothing waits."""

    order = 10
    template_name = "content/cms/waiting.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        tasks = waiting_for(parent_context["request"].user)
        return {"tasks": tasks[:SHOWN], "more": max(0, len(tasks) - SHOWN)}
