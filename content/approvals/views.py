"""The pages of whoever approves from outside: the code first, then the draft and the answer."""

import uuid

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from portal.languages import in_language
from portal.workflow import TransitionNotAllowed

from . import services
from .models import ApprovalRequest
from .texts import shown

SESSION = "approvals"


class CodeForm(forms.Form):
    """The code of the letter."""

    code = forms.CharField(
        label=gettext_lazy("Code of six digits"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": gettext_lazy("Write the code that you got by e-mail.")},
    )


class AnswerForm(forms.Form):
    """Approve or return; who returns says why."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Your answer"),
        choices=[
            ("approve", gettext_lazy("I approve it as it is shown here")),
            ("return", gettext_lazy("I return it to be changed")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one.")},
    )
    words = forms.CharField(
        label=gettext_lazy("In your words"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Needed when you return it. You can also comment at each place."),
    )

    def __init__(self, *args, commented=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.commented = commented

    def clean(self):
        said = super().clean()
        if said.get("answer") == "return" and not said.get("words") and not self.commented:
            self.add_error("words", _("Say what is to be changed, here or at a place above."))
        return said


@require_GET
def short(request: HttpRequest, key: str) -> HttpResponse:
    """To the same in the language of the letter; of a key that is none, to a page that says so."""
    found = _found(key)
    with in_language(found.language if found else request.LANGUAGE_CODE):
        return redirect(reverse("approval:approve", args=[key]))


@never_cache
@require_http_methods(["GET", "POST"])
def approve(request: HttpRequest, key: str) -> HttpResponse:
    """What is to be approved, for who has entered the code that was mailed to the named address.

    Without it nothing of the draft is shown, not even its title. POST `do=code` mails a code,
    `do=enter` enters it, `do=answer` answers. 404 with a page of its own for a key that is none,
    410 for a request that is over.
    """
    found = _found(key)
    if found is None:
        return render(request, "approvals/over.html", {"no_index": True}, status=404)
    if not found.is_open:
        context = {"request_": found, "no_index": True}
        return render(request, "approvals/over.html", context, status=410)
    known = found.key.hex in request.session.get(SESSION, [])
    what = request.POST.get("do") if request.method == "POST" else ""
    if not known:
        return _identify(request, found, what)
    if what == "answer":
        return _answer(request, found)
    return _show(request, found, AnswerForm())


def _identify(request: HttpRequest, found: ApprovalRequest, what: str | None) -> HttpResponse:
    form = CodeForm(request.POST if what == "enter" else None)
    sent = refused = False
    if what == "code":
        sent = services.send_code(found)
        refused = not sent
    elif what == "enter" and form.is_valid():
        if services.code_is_right(found, form.cleaned_data["code"]):
            request.session.cycle_key()
            request.session[SESSION] = [*request.session.get(SESSION, []), found.key.hex]
            return redirect(request.path)
        form.add_error("code", _("This is not the code, or it is too old. Ask for a new one."))
    context = {"form": form, "sent": sent, "refused": refused, "no_index": True}
    context["hint"] = _masked(found.email)
    return render(request, "approvals/identify.html", context)


def _answer(request: HttpRequest, found: ApprovalRequest) -> HttpResponse:
    comments: dict[tuple[int, str], str] = {}
    for name in request.POST:
        where, text = name.split(":", 2), str(request.POST[name])
        if len(where) == 3 and where[0] == "comment" and where[1].isdecimal() and text.strip():
            comments[int(where[1]), where[2]] = text
    form = AnswerForm(request.POST, commented=bool(comments))
    if not form.is_valid():
        return _show(request, found, form, comments)
    try:
        services.answer(
            found,
            approved=form.cleaned_data["answer"] == "approve",
            words=form.cleaned_data["words"],
            comments=comments,
        )
    except TransitionNotAllowed:
        return redirect(request.path)
    context = {"request_": found, "no_index": True}
    return render(request, "approvals/thanks.html", context)


def _show(request, found, form, comments=None) -> HttpResponse:
    items = found.items.select_related("page__locale", "revision").order_by("page__locale_id")
    said = comments or {}
    drafts = []
    for item in items:
        draft = shown(item)
        places = [
            (f"comment:{item.pk}:{place}", piece, said.get((item.pk, place), ""))
            for place, piece in draft.pieces
        ]
        drafts.append((draft, places))
    context = {"request_": found, "drafts": drafts, "form": form, "no_index": True}
    return render(request, "approvals/draft.html", context)


def _found(key: str) -> ApprovalRequest | None:
    try:
        wanted = uuid.UUID(key)
    except ValueError:
        return None
    return ApprovalRequest.objects.filter(key=wanted).select_related("page", "asked_by").first()


def _masked(email: str) -> str:
    """a…@example.org: enough for who it is, too little for who it is not."""
    name, _at, domain = email.partition("@")
    return f"{name[:1]}…@{domain}"
