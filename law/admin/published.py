"""On the first page of /cms/: amending acts that were published and wait for a lawyer."""

from django.conf import settings
from wagtail.admin.ui.components import Component

from law import coming
from law.finlex import watching
from law.models import IncomingAmendment, SectionVersion

CHECK = "law.check_sectionversion"


class PublishedPanel(Component):
    """For those who check the words of the law: what waits, and whether Finlex can be seen.

    In a try-out without any words of the law it says how they are fetched.
    """

    order = 45
    template_name = "law/cms/published.html"

    def render_html(self, parent_context=None):
        if not parent_context["request"].user.has_perm(CHECK):
            return ""
        return super().render_html(parent_context)

    def get_context_data(self, parent_context):
        waiting = IncomingAmendment.objects.filter(state__in=coming.PUBLIC).defer("rows")
        worded = SectionVersion.objects.filter(section__act__example=False)
        return {
            "waiting": list(waiting.select_related("act").order_by("in_force_from", "pk")),
            "stale": watching.stale(),
            "make_law": settings.DEMO and not worded.exists(),
        }
