"""Asking: what it is, for those who are not signed in; for the others a form, kept as they type."""

import uuid

from django.contrib import messages
from django.core import signing
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from content.questions import matching
from content.questions.errors import TooManyToday
from content.questions.forms import AskForm
from content.questions.models import Draft, Question
from content.questions.services import asking
from portal.errors import BadParameter
from portal.templatetags.portal import sign_in_address

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
        draft = _draft_of(request)
        initial = {"language": request.LANGUAGE_CODE, "publishing": "yes"}
        form = AskForm(initial=initial | (draft.fields if draft else {}), user=request.user)
        return _show(request, form, draft=draft, key=draft.key if draft else uuid.uuid4())
    if "answered" in request.POST:
        return _deflect(request)
    if "look" in request.POST:
        return _look(request)
    if "save" in request.POST:
        return _save(request)
    return _send(request)


def _explain(request):
    return render(request, "questions/ask_explained.html")


def _keep_until_signed_in(request):
    """The session ended while the form was being filled in: nothing of it is lost."""
    first = KEPT not in request.session  # a script comes here each time that it keeps the draft
    request.session[KEPT] = {"key": str(_key(request)), "fields": AskForm.typed(request.POST)}
    if first:
        messages.info(
            request, _("Sign in to go on. What you have filled in is kept and waits for you.")
        )
    return redirect(sign_in_address({"request": request}))


def _draft_of(request) -> Draft | None:
    kept = request.session.pop(KEPT, None)
    if kept is not None:
        asking.save_draft(by=request.user, key=uuid.UUID(kept["key"]), fields=kept["fields"])
    return Draft.objects.filter(user=request.user).first()


def _keep(request) -> Draft | None:
    fields = AskForm.typed(request.POST)
    return asking.save_draft(by=request.user, key=_key(request), fields=fields)


def _show(request, form, *, draft, key, status=200, found=(), looked=False):
    context = {"form": form, "draft": draft, "key": key, "looked": looked}
    found = matching.signed(found)
    return render(request, "questions/ask.html", {**context, "found": found}, status=status)


def _found(request):
    title, text = request.POST.get("title", "").strip(), request.POST.get("text", "").strip()
    return matching.matches(title, text, request.LANGUAGE_CODE, request.user) if title else []


def _look(request):
    draft = _keep(request)
    form = AskForm(request.POST, user=request.user)
    found = matching.signed(_found(request))
    return render(request, "questions/looking.html", {"form": form, "draft": draft, "found": found})


def _save(request):
    _keep(request)
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
        messages.success(
            request, _("Good that the answer was here. Your draft has been thrown away.")
        )
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
        messages.success(
            request,
            _("Your question has been received and has the number %(number)s.")
            % {"number": question.number},
        )
        return redirect(question)
    draft, key = _keep(request), _key(request)
    status = 422 if form.errors else 200
    return _show(request, form, draft=draft, key=key, status=status, found=found, looked=True)


def _too_many(request, form):
    """What was filled in is kept for another day."""
    draft = _keep(request)
    form.add_error(
        None,
        _(
            "You have sent %(most)s questions today, and more cannot be sent in a day. This one is "
            "kept: come back and send it tomorrow."
        )
        % {"most": Question.MOST_A_DAY},
    )
    return _show(request, form, draft=draft, key=_key(request), status=429, looked=True)


def _key(request) -> uuid.UUID:
    """The key of the form: of the draft that it fills in, or the one that it was shown with."""
    value = request.POST.get("key", "")
    try:
        return uuid.UUID(value)
    except ValueError as error:
        raise BadParameter("key", value) from error
