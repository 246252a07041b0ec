"""One's own registration behind the link of a letter: opening it shows, only a button acts."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from content.events import links
from content.events.errors import (
    AfterDeadline,
    AskedAlready,
    LinkOver,
    NoRoom,
    NotNow,
    NotOpen,
    OfferOver,
    WayClosed,
    WrongCode,
)
from content.events.forms import CodeForm, FeedbackForm, RegistrationForm, RequestForm
from content.events.models import Event, Registration, Request
from content.events.services import attendance, feedback, own, registering
from portal import rate_limits
from portal.menu import crumbs
from portal.workflow import TransitionNotAllowed

State = Registration.State
CODES_TYPED = {"most": 10, "seconds": 3600}

# What the buttons do, by the name of the button: the service, and what is said when it went well.
ACTS = {
    "confirm": (registering.confirm, ""),
    "accept": (own.accept, gettext_lazy("The place is yours.")),
    "decline": (own.decline, gettext_lazy("The place goes to the next. Thank you for telling.")),
    "cancel": (own.cancel, gettext_lazy("Your registration is cancelled.")),
    "leave": (own.leave, gettext_lazy("You have left the waiting list.")),
    "change_way": (own.change_way, gettext_lazy("Your way of taking part has been changed.")),
    "come_back": (registering.come_back, ""),
}
REFUSALS = {
    NotOpen: gettext_lazy("Registration has closed."),
    LinkOver: gettext_lazy("The link is too old. Fill in the form once more."),
    WayClosed: gettext_lazy("The way that you chose gives no more places. Choose another."),
    NoRoom: gettext_lazy("There is no free place the other way now."),
    OfferOver: gettext_lazy("The time to answer is over, and the place has passed on."),
    AfterDeadline: gettext_lazy("The deadline has passed. Ask the organiser for the change."),
    AskedAlready: gettext_lazy("You have asked already. The organiser will answer."),
    NotNow: gettext_lazy("It is not the time for that now."),
    WrongCode: gettext_lazy("The code is another. See it on the screen once more."),
    TransitionNotAllowed: gettext_lazy("It has changed meanwhile. See how it stands now."),
}


@never_cache
def registration(request):
    """GET shows how it stands; POST does what `do` names, and leads back here.

    404 for a key that is none, or whose registration is gone.
    """
    key = request.GET.get("key", "")
    row = links.found(key)
    if row is None:
        title = _("The link does not work")
        context = {"title": title, "no_index": True, "crumbs": crumbs((title, None))}
        return render(request, "events/broken.html", context, status=404)
    asking, changing = RequestForm(), _change_form(row)
    said = FeedbackForm()
    status = 200
    if request.method == "POST":
        do = request.POST.get("do", "")
        by = request.user if request.user.is_authenticated else None
        if do in ACTS:
            service, done = ACTS[do]
            return _done(request, row, lambda: service(row, by=by), done)
        if do == "request":
            asking = RequestForm(request.POST)
            if asking.is_valid():
                typed = asking.cleaned_data
                return _done(
                    request,
                    row,
                    lambda: own.request(row, typed["kind"], typed["words"], by=by),
                    _("The organiser answers you by e-mail."),
                )
        elif do == "come":
            typed_code = request.POST.get("code", "")
            return _done(
                request, row, lambda: _come(row, typed_code, by), _("Thank you: you took part.")
            )
        elif do == "feedback":
            said = FeedbackForm(request.POST)
            if said.is_valid():
                answers = said.cleaned_data
                return _done(
                    request,
                    row,
                    lambda: feedback.give(row, **answers),
                    _("Thank you for your answers."),
                )
        elif do == "change" and changing is not None:
            changing = _change_form(row, request.POST)
            if changing.is_valid():
                return _done(
                    request,
                    row,
                    lambda: registering.change(row, changing.words, by=by),
                    _("Your changes have been saved."),
                )
        status = 422
    return _page(request, row, asking, changing, said, status)


def _come(row: Registration, code: str, by) -> None:
    """The typed code; nobody tries more than ten an hour."""
    if not rate_limits.one_more("event-code", str(row.pk), **CODES_TYPED):
        raise WrongCode
    attendance.come(row, code, by=by)


def _change_form(row: Registration, data=None) -> RegistrationForm | None:
    """The form of what can be changed before the deadline, while the registration stands."""
    if not row.is_live or not row.event.takes_registrations:
        return None
    return RegistrationForm(data, event=row.event, of=row)


def _done(request, row: Registration, act, done: str):
    try:
        act()
    except tuple(REFUSALS) as refusal:
        messages.error(request, str(REFUSALS[type(refusal)]))
    else:
        if done:
            messages.success(request, str(done))
    return redirect(links.own_path(row))


def _page(request, row: Registration, asking, changing, said, status: int):
    event, place = row.event, row.place
    before_deadline = own.before_deadline(event)
    stands = row.is_live and event.state == Event.State.PUBLISHED and not event.has_started
    has_place = row.state == State.REGISTERED
    context = {
        "registration": row,
        "event": event,
        "place": place or row.way,
        "needs": getattr(row, "needs", None),
        "before": row.before_me() if row.state == State.WAITING else 0,
        "other": own.other_way(row) if stands and row.state != State.OFFERED else None,
        "may_confirm": row.state == State.UNCONFIRMED
        and event.takes_registrations
        and row.can_still_confirm,
        "may_cancel": stands and has_place and before_deadline,
        "may_leave": stands and row.state == State.WAITING,
        "may_answer": stands and row.state == State.OFFERED,
        "may_come_back": row.state in Registration.MAY_COME_BACK and event.takes_registrations,
        "may_change_way": stands and before_deadline,
        "may_ask": stands and not before_deadline,
        "waits": Request.objects.filter(registration=row, state=Request.State.OPEN).first(),
        "changing": changing,
        "asking": asking,
        "coming": CodeForm() if has_place and attendance.takes_code(event) else None,
        "feedback": said if has_place and event.is_over and not row.gave_feedback else None,
        "no_index": True,
        "crumbs": crumbs(
            (_("Events"), reverse("events:index")),
            (event.name, event.get_absolute_url()),
            (_("Your registration"), None),
        ),
    }
    return render(request, "events/registration.html", context, status=status)
