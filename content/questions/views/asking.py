"""Asking: what it is, for those who are not signed in; for the others a form, kept as they type.

One address, and a view for each thing that is done there: `ask` picks it.
"""

import uuid

from django.contrib import messages
from django.core import signing
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from content.questions import matching
from content.questions.errors import SentBefore, TooManyToday
from content.questions.forms import AskForm
from content.questions.models import Draft, Question
from content.questions.services import asking
from portal import rate_limits
from portal.errors import BadParameter
from portal.templatetags.portal import sign_in_address
from portal.views.errors import too_many_requests

from .crumbs import legal_questions
from .typed import Typed


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request):
    """GET shows the form with the draft in it. POST sends it, or with `save` keeps it.

    With `look` a script asks for what has been found so far, as a part of a page; the draft is kept
    at the same time. `answered` is the token of a match that the reader says was the answer.
    The first sending shows what may answer the question; the second, with `looked`, sends it.
    """
    posts = request.method == "POST"
    if not request.user.is_authenticated:
        return leave(request) if posts else explain(request)
    if not posts:
        return show(request)
    view = next((one for word, one in MODES.items() if word in request.POST), send)
    return view(request)


def explain(request):
    """What a legal question is and how to ask one."""
    return render(request, "questions/ask_explained.html", {"crumbs": _crumbs()})


def leave(request):
    """The session ended while the form was being filled in: nothing of it is lost."""
    if not rate_limits.may_keep(request):
        return too_many_requests(request)
    if Typed.posted(request).leave_in_session(request):
        messages.info(
            request, _("Sign in to go on. What you have filled in is kept and waits for you.")
        )
    return redirect(sign_in_address({"request": request}))


def show(request):
    """The form with the draft in it, or with what was typed when the session had ended."""
    elsewhere = None
    if typed := Typed.taken_from_session(request):
        if (sent := typed.sent(by=request.user)) and not typed.is_in(sent):
            typed = typed.as_a_new_one()
        _draft, elsewhere = typed.keep(by=request.user)
    draft = Draft.objects.filter(user=request.user).first()
    # What could not be kept is shown all the same, beside the draft that stands in its way.
    shown = typed if elsewhere else draft
    initial = {"language": request.LANGUAGE_CODE, "publishing": "yes"}
    form = AskForm(initial=initial | (shown.fields if shown else {}), user=request.user)
    context = {
        "crumbs": _crumbs(),
        "form": form,
        "draft": None if elsewhere else draft,
        "key": shown.key if shown else uuid.uuid4(),
        "window": uuid.uuid4(),
        "opened": draft.window if draft else "",
        "elsewhere": elsewhere,
    }
    return render(request, "questions/ask.html", context)


def deflect(request):
    """The reader says that a match was the answer: the draft goes, and it is counted."""
    try:
        found = matching.of_token(request.POST["answered"])
    except signing.BadSignature as error:
        raise BadParameter("answered", request.POST["answered"]) from error
    if asking.deflect(found, by=request.user, key=Typed.posted(request).key):
        messages.success(request, _("Good that the answer was here. Your draft has been deleted."))
    return redirect(found.url)


def look(request):
    """A part of the page, for a script: what has been found so far. The draft is kept."""
    draft, elsewhere = Typed.posted(request).keep(by=request.user)
    form = AskForm(request.POST, user=request.user)
    context = {"form": form, "draft": draft, "elsewhere": elsewhere}
    context["found"] = matching.signed(_found(request))
    return render(request, "questions/looking.html", context)


def save(request):
    """Keep the draft and go on another time."""
    typed = Typed.posted(request)
    draft, elsewhere = typed.keep(by=request.user)
    sent = None if draft else typed.sent(by=request.user)
    if sent and typed.is_in(sent):
        return _received(request, sent)
    if elsewhere or sent:
        form = AskForm(initial=typed.fields, user=request.user)
        return _again(request, form, status=409, sent=sent)
    messages.success(
        request, _("The question has been saved. It has not been sent: come back when you can.")
    )
    return redirect("questions:ask")


def send(request):
    """Send the question, once what may answer it has been shown."""
    form = AskForm(request.POST, user=request.user)
    found = [] if "looked" in request.POST else _found(request)
    if form.is_valid() and not found:
        try:
            question = asking.receive(key=Typed.posted(request).key, by=request.user, **form.asked)
        except TooManyToday:
            return _too_many(request, form)
        except SentBefore as error:
            return _again(request, form, status=409, sent=error.question)
        return _received(request, question)
    return _again(request, form, status=422 if form.errors else 200, found=found)


MODES = {"answered": deflect, "look": look, "save": save}  # by the name that is posted; else send


def _again(request, form, *, status=200, found=(), sent=None):
    """The form as it was filled in, with what is wrong with it or what may answer it.

    A draft of another window is shown beside it, and from then on may be written over. When the
    form was `sent` already, what it says now is that of a new one.
    """
    typed = Typed.posted(request)
    if sent:
        typed = typed.as_a_new_one()
    draft, elsewhere = typed.keep(by=request.user)
    context = {
        "crumbs": _crumbs(),
        "form": form,
        "draft": draft,
        "key": typed.key,
        "window": typed.window,
        "opened": elsewhere.window if elsewhere else typed.opened,
        "elsewhere": elsewhere,
        "looked": True,
        "sent": sent,
        "found": matching.signed(found),
    }
    return render(request, "questions/ask.html", context, status=status)


def _received(request, question):
    messages.success(
        request,
        _("Your question has been received and has the number %(number)s.")
        % {"number": question.number},
    )
    return redirect(question)


def _too_many(request, form):
    """What was filled in is kept for another day."""
    form.add_error(
        None,
        _(
            "You have sent %(most)s questions today, and more cannot be sent in a day. This one is "
            "kept: come back and send it tomorrow."
        )
        % {"most": Question.MOST_A_DAY},
    )
    return _again(request, form, status=429)


def _found(request):
    title, text = request.POST.get("title", "").strip(), request.POST.get("text", "").strip()
    return matching.matches(title, text, request.LANGUAGE_CODE, request.user) if title else []


def _crumbs():
    return legal_questions((_("Ask a legal question"), None))
