"""Applying: what is asked and why for all; the form for people with a confirmed address."""

from contextlib import suppress
from urllib.parse import urlencode

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from partnership.organisations import business_id
from partnership.organisations.errors import AlreadyClaimed, AlreadyEntered
from partnership.organisations.forms import NAMES, ApplicationForm
from partnership.organisations.models import Draft, Organisation
from partnership.organisations.models.bodies import known_bodies
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


@require_http_methods(["GET", "HEAD", "POST"])
def join(request):
    """GET shows the form with the draft in it; POST sends it.

    With `look_up` it asks the business register for the name, with `save` it keeps the draft.
    """
    if not request.user.is_authenticated:
        return _keep_until_signed_in(request) if request.method == "POST" else _explain(request)
    if not EmailAddress.objects.filter(user=request.user, verified=True).exists():
        return _explain(request, confirm=True)
    if request.method != "POST":
        return _show(request, ApplicationForm(initial=_draft_of(request) | _of_body(request)))
    if "look_up" in request.POST:
        return look_up(request)
    if "save" in request.POST:
        return _save_draft(request)
    return _send(request)


def _explain(request, confirm=False):
    here = {"next": reverse("organisations:join")}
    return render(
        request,
        "organisations/join_explained.html",
        {
            "crumbs": partners((_("Join the partnership"), None)),
            "confirm": confirm,
            "pages": about.addresses(),
            "sign_up": f"{reverse('account_signup')}?{urlencode(here)}",
        },
    )


def _show(request, form, status=200):
    draft = Draft.objects.filter(user=request.user).first()
    return render(
        request,
        "organisations/join.html",
        {
            "crumbs": partners((_("Join the partnership"), None)),
            "form": form,
            "draft": draft,
            "known_number": _known_number(form),
            "pages": about.addresses(),
        },
        status=status,
    )


def _keep_until_signed_in(request):
    """The session ended while the form was being filled in: nothing of it is lost."""
    if not rate_limits.may_keep(request):
        return too_many_requests(request)
    request.session[KEPT] = ApplicationForm.typed(request.POST)
    messages.info(
        request, _("Sign in to go on. What you have filled in is kept and waits for you.")
    )
    return redirect(sign_in_address({"request": request}))


def _draft_of(request):
    kept = request.session.pop(KEPT, None)
    if kept is not None:
        Draft.objects.update_or_create(user=request.user, defaults={"fields": kept})
        return kept
    draft = Draft.objects.filter(user=request.user).first()
    return draft.fields if draft else {"email": "", "language": request.LANGUAGE_CODE}


def _of_body(request) -> dict[str, str | list[str]]:
    """What is known of the public body that was chosen by name (`?body=KU091`), for the form."""
    area = known_bodies().filter(key=request.GET.get("body", "")).first()
    if area is None:
        return {}
    names = {name: getattr(area, name) for name in NAMES}
    works_in = [area.key] if area.has_page else []
    return {
        **names,
        "kind": KIND_OF_BODY[Area.Kind(area.kind)],
        "areas": works_in,
        "body": area.key,
    }


def _claim_body(form, user) -> None:
    """Claim the public body that was chosen by name, for the organisation that has applied."""
    area = known_bodies().filter(key=form.cleaned_data["body"]).first()
    if area:
        with suppress(AlreadyClaimed):
            bodies.claim(area, form.instance, by=user)


def _save_draft(request):
    Draft.objects.update_or_create(
        user=request.user, defaults={"fields": ApplicationForm.typed(request.POST)}
    )
    messages.success(
        request,
        _("The application has been saved. It has not been sent: come back to it when you can."),
    )
    return redirect("organisations:join")


def _send(request):
    form = ApplicationForm(request.POST)
    if form.is_valid():
        try:
            memberships.apply(
                form.instance,
                by=request.user,
                motivation=form.cleaned_data["motivation"],
                **form.chosen,
            )
        except AlreadyEntered:
            form.add_error("business_id", _taken())
        else:
            _claim_body(form, request.user)
            messages.success(request, _("The application has been sent to the programme team."))
            return redirect("organisations:mine")
    elif _sent_before(request.user, form):
        messages.info(request, _("This application has already been sent."))
        return redirect("organisations:mine")
    return _show(request, form, status=422)


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
