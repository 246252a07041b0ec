"""What is logged about questions, their desk, and the ways to publish an answer page."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.utils import get_valid_next_url_from_request

from content.editorial.admin.publishing import drafts

from . import screening
from .admin.answer_templates import answer_templates
from .admin.queue import desk
from .admin.translations import ask_what_is_personal
from .models import AnswerPage
from .second_lawyer import waits_for_another

EVENTS = {
    "questions.receive": (_("Enter a question"), _("Received")),
    "questions.add": (_("Add to a question"), _("The asker added something")),
    "questions.withdraw": (_("Withdraw a question"), _("Withdrawn by the asker")),
    "questions.triage": (_("Sort a question"), _("Sorted")),
    "questions.classify": (_("Sort a question again"), _("Sorted again")),
    "questions.claim": (_("Take a question"), _("Taken by a lawyer")),
    "questions.release": (_("Give a question back"), _("Given back to the queue")),
    "questions.substitute": (_("Give a question to another"), _("Given to another lawyer")),
    "questions.away": (_("Say that a lawyer is away"), _("A lawyer is away")),
    "questions.back": (_("Say that a lawyer is back"), _("A lawyer is back")),
    "questions.note": (_("Write a note on a question"), _("Internal note written")),
    "questions.source": (_("Note a source"), _("Source of the answer noted")),
    "questions.source_dropped": (_("Leave out a source"), _("Source of the answer left out")),
    "questions.submit": (_("Submit an answer for checking"), _("Submitted for checking")),
    "questions.take_back": (_("Take an answer back"), _("Taken back from the check")),
    "questions.claim_check": (_("Begin the check"), _("Check begun")),
    "questions.release_check": (_("Release the check"), _("Check released for another lawyer")),
    "questions.return": (_("Return an answer"), _("Returned by the second lawyer")),
    "questions.approve": (_("Approve and send an answer"), _("Checked and sent to the asker")),
    "questions.correct": (_("Write a sent answer anew"), _("New wording put forward")),
    "questions.send_correction": (
        _("Send a new wording of an answer"),
        _("New wording checked and sent to the asker"),
    ),
    "questions.ask_back": (
        _("Ask the asker for more"),
        _("The asker has been asked; the time limit is paused"),
    ),
    "questions.resume": (_("Stop waiting for the asker"), _("Resumed; the time limit is running")),
    "questions.handed_over": (_("Hand a question over"), _("Handed over to another authority")),
    "questions.merged": (_("Join questions"), _("Joined with an earlier question")),
    "questions.part": (_("Separate joined questions"), _("No longer joined; back in the queue")),
    "questions.closed": (_("Close a question"), _("Closed without an answer")),
    "questions.prepare": (_("Prepare for publishing"), _("Prepared for publishing")),
    "questions.reopen_preparation": (_("Write the public text again"), _("Public text taken back")),
    "questions.publish": (_("Publish an answer"), _("Published for everyone")),
}


@hooks.register("register_log_actions")
def name_events(actions):
    for action, words in EVENTS.items():
        actions.register_action(action, *words)


@hooks.register("register_admin_viewset")
def questions_desk():
    return [desk, answer_templates]


@hooks.register("before_edit_page", order=-20)
def look_through_a_translation(request, page):
    """A translation is published on a page without the answer's own form."""
    if request.method == "POST" and request.POST.get("action") == "publish":
        return ask_a_second_lawyer(request, page) or ask_what_is_personal(request, page)
    return None


@hooks.register("before_publish_page")
def ask_a_second_lawyer(request, page):
    """What an answer says anew is published by a lawyer who did not write it; the draft is kept."""
    page = page.specific
    if not waits_for_another(page, request.user):
        return None
    messages.warning(
        request,
        gettext(
            "The draft is saved and waits for a second lawyer: another than the one who wrote it "
            "reads it through and publishes it."
        ),
    )
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_bulk_action")
def look_through_many(request, action_type, objects, action_class_instance):
    """Answers are published together by those who may, and when nothing in them is personal."""
    if request.method != "POST" or action_type != "publish":
        return None
    below = "include_descendants" in request.POST
    answers = [page for page in drafts(objects, below=below) if isinstance(page, AnswerPage)]
    held = [
        page.get_admin_display_title()
        for page in answers
        if not page.permissions_for_user(request.user).can_publish()
        or waits_for_another(page, request.user)
        or screening.new_in(screening.texts_of(page), page)
    ]
    if not held:
        return None
    messages.error(
        request,
        gettext(
            "A lawyer who did not write them has to open these answers, look them through and "
            "publish them: %(titles)s"
        )
        % {"titles": ", ".join(held)},
    )
    return redirect(
        get_valid_next_url_from_request(request) or reverse("wagtailadmin_explore_root")
    )
