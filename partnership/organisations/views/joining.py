"""Applying: what is asked and why for all; the form for people with a confirmed address."""

from contextlib import suppress
from urllib.parse import urlencode

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from partnership.organisations import business_id
from partnership.organisations.errors import AlreadyClaimed, AlreadyEntered
from partnership.organisations.forms import ApplicationForm
from partnership.organisations.models import Draft, Organisation, Period
from partnership.organisations.models.bodies import known_bodies
from partnership.organisations.models.periods import PRINCIPLES
from partnership.organisations.services import bodies, memberships
from portal import about, rate_limits
from portal.places.models import Area
from portal.templatetags.portal import sign_in_address
from portal.views.errors import too_many_requests

from .crumbs import partners
from .registering import look_up

KIND_OF_BODY = {
    Area.Kind.MUNICIPALITY: Organisation.Kind.MUNICIPALITY,
    Area.Kind.EMPLOYMENT_AREA: Organisation.Kind.EMPLOYMENT_AUTHORITY,
    Area.Kind.COUNTY: Organisation.Kind.WELLBEING_COUNTY,
    Area.Kind.DEVELOPMENT_CENTRE: Organisation.Kind.STATE,
}
KEPT = "organisations.application"  # what was typed when the session had ended
STEPS = ApplicationForm.STEPS
SUMMARY = "summary"
ORDER = (*(step.key for step in STEPS), SUMMARY)


@require_http_methods(["GET", "HEAD", "POST"])
def join(request):
    """The application in steps, and what is asked and why for those who are not signed in.

    GET shows the step that `step` names, the last one a summary. POST keeps what was typed and
    leads on, with `back` to the step before, with `save` to the same; with `keep` it answers 204
    and no more, with `send` it sends all, and with `look_up` it asks the business register for the
    name.
    """
    if not request.user.is_authenticated:
        return _keep_until_signed_in(request) if request.method == "POST" else _explain(request)
    if not EmailAddress.objects.filter(user=request.user, verified=True).exists():
        return _explain(request, confirm=True)
    if _opens_on():
        return _explain(request)
    fields = _draft_of(request)
    if request.method != "POST":
        return _show(request, _step(request), fields | _of_body(request.GET.get("body", "")))
    if "look_up" in request.POST:
        return look_up(request)
    if "send" in request.POST and not fields and _has_sent(request):
        return _told_already(request)
    return _go_on(request, fields)


def _step(request) -> str:
    """The step that the address names, or the first."""
    named = request.GET.get("step", "")
    return named if named in ORDER else ORDER[0]


def _at(step: str):
    return redirect(f"{reverse('organisations:join')}?step={step}")


def _fields_of(step: str) -> tuple[str, ...]:
    return next((one.fields for one in STEPS if one.key == step), ())


def _go_on(request, fields):
    """Keep what was typed, whatever the button; then what the button says."""
    here = _step(request)
    number = ORDER.index(here)
    typed = ApplicationForm.typed(request.POST)
    if typed or _fields_of(here):
        fields = Draft.objects.keep(request.user, typed, of=_fields_of(here)).fields
    if "keep" in request.POST:  # the script, while somebody writes
        return HttpResponse(status=204)
    if "save" in request.POST:
        messages.success(
            request,
            _("The application has been saved. It has not been sent: come back when you can."),
        )
        return _at(here)
    if "back" in request.POST:
        return _at(ORDER[max(number - 1, 0)])
    if "send" in request.POST:
        return _send(request, fields)
    form = ApplicationForm(fields, only=_fields_of(here))
    if here == SUMMARY or form.is_valid():
        return _at(ORDER[min(number + 1, len(ORDER) - 1)])
    return _show(request, here, fields, form=form, status=422)


def _opens_on():
    """The day on which applications are taken again, when they are not taken now; else None."""
    if Period.objects.taking_applications().exists():
        return None
    coming = Period.objects.filter(applications_from__gt=timezone.localdate()).first()
    return coming.applications_from if coming else None


def _explain(request, confirm=False):
    here = {"next": reverse("organisations:join")}
    return render(
        request,
        "organisations/join_explained.html",
        {
            "crumbs": partners((_("Join the partnership"), None)),
            "confirm": confirm,
            "opens_on": _opens_on(),
            "pages": about.addresses(),
            "principles": PRINCIPLES,
            "sign_up": f"{reverse('account_signup')}?{urlencode(here)}",
        },
    )


def _show(request, step, fields, *, form=None, accepting=None, whole=None, status=200):
    """A step with its fields, or the summary with what is missing in each."""
    summary = step == SUMMARY
    if summary:
        whole = whole or ApplicationForm(fields)
        whole.is_valid()
        form = accepting or ApplicationForm(only=ApplicationForm.ACCEPTANCES)
    elif form is None:
        known = _of_body(fields.get("body", ""))
        initial = {"language": request.LANGUAGE_CODE} | known | fields
        form = ApplicationForm(initial=initial, only=_fields_of(step))
    context = {
        "crumbs": partners((_("Join the partnership"), None)),
        "form": form,
        "whole": whole,
        "step": step,
        "number": ORDER.index(step) + 1,
        "steps": [*((one.key, one.title) for one in STEPS), (SUMMARY, _("Look through and send"))],
        "title": _("Look through and send") if summary else _step_of(step).title,
        "why": "" if summary else _step_of(step).why,
        "parts": [_part(whole, one) for one in STEPS] if summary else [],
        "draft": Draft.objects.filter(user=request.user).first(),
        "period": Period.objects.joined(),
        "known_number": _known_number(whole or form),
        "pages": about.addresses(),
        "principles": PRINCIPLES,
    }
    return render(request, "organisations/join.html", context, status=status)


def _step_of(key: str):
    return next(one for one in STEPS if one.key == key)


def _part(whole, step) -> dict:
    """A step as the summary has it: its fields with what was filled in and what is wrong."""
    return {
        "step": step,
        "rows": [
            (whole[name].label, whole.shown(name), whole.errors.get(name))
            for name in step.fields
            if not whole[name].is_hidden
        ],
    }


def _keep_until_signed_in(request):
    """The session ended while the form was being filled in: nothing of it is lost."""
    if not rate_limits.may_keep(request):
        return too_many_requests(request)
    request.session[KEPT] = ApplicationForm.typed(request.POST)
    messages.info(
        request, _("Sign in to go on. What you have filled in is kept and waits for you.")
    )
    return redirect(sign_in_address({"request": request}))


def _draft_of(request) -> dict:
    """What is kept of the application; what was typed before signing in is kept first."""
    kept = request.session.pop(KEPT, None)
    if kept is not None:
        return Draft.objects.keep(request.user, kept).fields
    draft = Draft.objects.filter(user=request.user).first()
    return draft.fields if draft else {}


def _of_body(key: str) -> dict[str, str | list[str]]:
    """What is known of the public body that was chosen by name (`?body=KU091`), for the form."""
    area = known_bodies().filter(key=key).first() if key else None
    if area is None:
        return {}
    return {
        "name_fi": area.name_fi,
        "kind": KIND_OF_BODY[Area.Kind(area.kind)],
        "areas": [area.key] if area.can_be_chosen else [],
        "body": area.key,
    }


def _named_as(organisation: Organisation, key: str) -> Area | None:
    """The public body that was chosen by name, and its other names for who applies for it."""
    area = known_bodies().filter(key=key).first() if key else None
    if area and organisation.name_fi == area.name_fi:
        organisation.name_sv, organisation.name_en = area.name_sv, area.name_en
    return area


def _send(request, fields):
    whole = ApplicationForm(fields | _accepted(request))
    if whole.is_valid():
        body = _named_as(whole.instance, whole.cleaned_data["body"])
        try:
            memberships.apply(
                whole.instance,
                by=request.user,
                motivation=whole.cleaned_data["motivation"],
                **whole.chosen,
            )
        except AlreadyEntered:
            whole.add_error("business_id", _taken())
        else:
            if body:
                with suppress(AlreadyClaimed):
                    bodies.claim(body, whole.instance, by=request.user)
            messages.success(request, _("The application has been sent to the programme team."))
            return redirect("organisations:mine")
    elif _sent_before(request.user, whole):
        Draft.objects.filter(user=request.user).delete()
        return _told_already(request)
    accepting = ApplicationForm(_accepted(request), only=ApplicationForm.ACCEPTANCES)
    return _show(request, SUMMARY, fields, accepting=accepting, whole=whole, status=422)


def _accepted(request) -> dict[str, str]:
    return {name: "on" for name in ApplicationForm.ACCEPTANCES if request.POST.get(name)}


def _has_sent(request) -> bool:
    """Whether the person has an organisation already: a second press finds no draft."""
    return Organisation.objects.of(request.user).exists()


def _told_already(request):
    messages.info(request, _("This application has already been sent."))
    return redirect("organisations:mine")


def _taken():
    return Organisation._meta.get_field("business_id").error_messages["unique"]


def _sent_before(user, form) -> bool:
    """Whether the only fault is that this person's own organisation is there: a second press."""
    if set(form.errors) != {"business_id"}:
        return False
    return Organisation.objects.of(user).filter(business_id=_known_number(form)).exists()


def _known_number(form) -> str:
    """The business ID that was sent when an organisation has it already, or ""."""
    if "business_id" not in form.errors:
        return ""
    try:
        number = business_id.normalised(form.data.get("business_id", ""))
    except ValidationError:
        return ""
    return number if Organisation.objects.filter(business_id=number).exists() else ""
