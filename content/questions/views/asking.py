"""Asking: what it is, for those who are not signed in; for the others a form, kept as they type."""

import uuid
from collections.abc import Mapping

from django.contrib import messages
from django.core import signing
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from content.questions import matching
from content.questions.errors import DraftElsewhere, SentBefore, TooManyToday
from content.questions.forms import AskForm
from content.questions.models import Draft, Question
from content.questions.services import asking
from portal import rate_limits
from portal.errors import BadParameter
from portal.templatetags.portal import sign_in_address
from portal.views.errors import too_many_requests

from .crumbs import legal_questions

WINDOWS = ("window", "opened")  # as asking.save_draft knows them
KEPT = "questions.draft"  # what was typed when the session had ended


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request):
    """GET shows the form with the draft in it. POST sends it, or with `save` keeps it.

    With `look` a script asks for what has been found so far, as a part of a page; the draft is kept
    at the same time. `answered` is the token of a match that the reader says was the answer.
    The first sending shows what may answer the question; the second, with `looked`, sends it.
    """
    if not request.user.is_authenticated:
        return _keep_until_signed_in(request) if request.method == "POST" else _explain(request)
    if request.method != "POST":
        return _open(request)
    if "answered" in request.POST:
        return _deflect(request)
    if "look" in request.POST:
        return _look(request)
    if "save" in request.POST:
        return _save(request)
    return _send(request)


def _explain(request):
    return render(request, "questions/ask_explained.html", {"crumbs": _crumbs()})


def _crumbs():
    return legal_questions((_("Ask a legal question"), None))


def _keep_until_signed_in(request):
    """The session ended while the form was being filled in: nothing of it is lost."""
    if not rate_limits.may_keep(request):
        return too_many_requests(request)
    first = KEPT not in request.session  # a script comes here each time that it keeps the draft
    fields = AskForm.typed(request.POST)
    request.session[KEPT] = {"key": str(_key(request)), "fields": fields, **_windows(request)}
    if first:
        messages.info(
            request, _("Sign in to go on. What you have filled in is kept and waits for you.")
        )
    return redirect(sign_in_address({"request": request}))


def _open(request):
    """The form with the draft in it, or with what was typed when the session had ended."""
    kept = request.session.get(KEPT)
    if kept is not None and Draft.objects.filter(key=kept["key"]).exclude(user=request.user):
        kept = None  # somebody else's, who used this browser before
    elsewhere = None
    if kept is not None:
        del request.session[KEPT]
        windows = {name: kept.get(name, "") for name in WINDOWS}
        key = uuid.UUID(kept["key"])
        if (sent := asking.sent_from(key, by=request.user)) and not _says(sent, kept["fields"]):
            key = uuid.uuid4()
            kept["key"] = str(key)
        try:
            asking.save_draft(by=request.user, key=key, fields=kept["fields"], **windows)
        except DraftElsewhere as error:
            elsewhere = error.draft
    draft = Draft.objects.filter(user=request.user).first()
    shown = kept if elsewhere else {"key": draft.key, "fields": draft.fields} if draft else None
    initial = {"language": request.LANGUAGE_CODE, "publishing": "yes"}
    form = AskForm(initial=initial | (shown["fields"] if shown else {}), user=request.user)
    context = {
        "crumbs": _crumbs(),
        "draft": None if elsewhere else draft,
        "key": shown["key"] if shown else uuid.uuid4(),
        "window": uuid.uuid4(),
        "opened": draft.window if draft else "",
        "elsewhere": elsewhere,
    }
    return render(request, "questions/ask.html", {"form": form, **context})


def _windows(request) -> dict[str, str]:
    return {name: request.POST.get(name, "")[:36] for name in WINDOWS}


def _says(question: Question, fields: Mapping[str, str]) -> bool:
    return question.says(fields.get("title", ""), fields.get("text", ""))


def _keep(request, key: uuid.UUID | None = None) -> tuple[Draft | None, Draft | None]:
    """The draft as it is kept now; and, when it is not kept, the one that stands in its way.

    Neither when the form has been sent as a question.
    """
    key, fields, windows = key or _key(request), AskForm.typed(request.POST), _windows(request)
    try:
        draft = asking.save_draft(by=request.user, key=key, fields=fields, **windows)
    except DraftElsewhere as error:
        return None, error.draft
    return draft, None


def _again(request, form, *, status=200, found=(), sent=None):
    """The form as it was filled in, with what is wrong with it or what may answer it.

    A draft of another window is shown beside it, and from then on may be written over. When the
    form was `sent` already, what it says now is that of a new one.
    """
    key = uuid.uuid4() if sent else _key(request)
    draft, elsewhere = _keep(request, key)
    context = {"form": form, "draft": draft, "key": key, "looked": True, "sent": sent}
    windows = _windows(request) | ({"opened": elsewhere.window} if elsewhere else {})
    context |= {**windows, "elsewhere": elsewhere, "found": matching.signed(found)}
    context["crumbs"] = _crumbs()
    return render(request, "questions/ask.html", context, status=status)


def _found(request):
    title, text = request.POST.get("title", "").strip(), request.POST.get("text", "").strip()
    return matching.matches(title, text, request.LANGUAGE_CODE, request.user) if title else []


def _look(request):
    draft, elsewhere = _keep(request)
    form = AskForm(request.POST, user=request.user)
    context = {"form": form, "draft": draft, "elsewhere": elsewhere}
    context["found"] = matching.signed(_found(request))
    return render(request, "questions/looking.html", context)


def _save(request):
    draft, elsewhere = _keep(request)
    sent = None if draft else asking.sent_from(_key(request), by=request.user)
    if sent and _says(sent, request.POST):
        return _received(request, sent)
    if elsewhere or sent:
        form = AskForm(initial=AskForm.typed(request.POST), user=request.user)
        return _again(request, form, status=409, sent=sent)
    messages.success(
        request, _("The question has been saved. It has not been sent: come back when you can.")
    )
    return redirect("questions:ask")


def _deflect(request):
    try:
        found = matching.of_token(request.POST["answered"])
    except signing.BadSignature as error:
        raise BadParameter("answered", request.POST["answered"]) from error
    if asking.deflect(found, by=request.user, key=_key(request)):
        messages.success(request, _("Good that the answer was here. Your draft has been deleted."))
    return redirect(found.url)


def _send(request):
    form = AskForm(request.POST, user=request.user)
    looked = "looked" in request.POST
    found = [] if looked else _found(request)
    if form.is_valid() and not found:
        try:
            question = asking.receive(key=_key(request), by=request.user, **form.asked)
        except TooManyToday:
            return _too_many(request, form)
        except SentBefore as error:
            return _again(request, form, status=409, sent=error.question)
        return _received(request, question)
    return _again(request, form, status=422 if form.errors else 200, found=found)


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


def _key(request) -> uuid.UUID:
    """The key of the form: of the draft that it fills in, or the one that it was shown with."""
    value = request.POST.get("key", "")
    try:
        return uuid.UUID(value)
    except ValueError as error:
        raise BadParameter("key", value) from error
