"""What feedback adds to /cms/: its desks, and the names of its events."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from . import admin, opinion_admin


@hooks.register("register_admin_viewset")
def desks():
    return [admin.FeedbackDesk(), opinion_admin.OpinionDesk()]


@hooks.register("register_log_actions")
def events_of_feedback(actions):
    actions.register_action("feedback.receive", _("Receive"), _("Received"))
    actions.register_action("feedback.answer", _("Answer"), _("Answered"))
    actions.register_action("feedback.close", _("Close"), _("Closed without an answer"))
    actions.register_action("feedback.reopen", _("Reopen"), _("Opened again"))
    actions.register_action("opinion.deal_with", _("Deal with"), _("Dealt with"))
    actions.register_action("opinion.take_up_again", _("Take up again"), _("Taken up again"))
