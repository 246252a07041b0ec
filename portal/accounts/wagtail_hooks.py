"""What the people app adds to /cms/."""

from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.ui.components import Component


class DemoNotice(Component):
    """Says on the first page of /cms/ that demo mode lets people in without a second factor."""

    order = 10

    def render_html(self, parent_context=None):
        return format_html(
            '<div class="help-block help-warning"><p>{}</p></div>',
            _(
                "Demo mode: nobody is asked for a second factor here. "
                "In production every role needs one."
            ),
        )


@hooks.register("construct_homepage_panels")
def say_that_this_is_a_demo(request, panels):
    if not settings.STAFF_NEED_SECOND_FACTOR:
        panels.append(DemoNotice())
