"""Practices for all to read, and the pages where an organisation's people write them."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from partnership.organisations.models import Organisation
from portal.concurrency import Stale
from portal.errors import BadParameter
from portal.menu import crumbs
from portal.paging import page_of
from portal.workflow import TransitionNotAllowed

from . import services
from .errors import NotComplete, NotPublic, ReasonMissing
from .forms import AdoptionForm, Filters, PracticeForm
from .models import Adoption, Practice, PracticeText
from .permissions import may_write

PER_PAGE = 20
MOVES = {
    "submit": services.submit,
    "take_back": services.take_back,
    "withdraw": services.withdraw,
    "confirm": services.confirm,
}


def _trail(*further):
    return crumbs((_("Practices"), reverse("practices:index")), *further)


def index(request):
    """Published practices, narrowed by `topic`, `area` (in use there) and `evidence`; `page`."""
    filters = Filters(request.GET)
    if not filters.is_valid():
        name = next(iter(filters.errors))
        raise BadParameter(name, request.GET.get(name, ""))
    chosen = filters.cleaned_data
    rows = Practice.objects.public()
    if chosen["topic"]:
        rows = rows.filter(topics=chosen["topic"])
    if chosen["area"]:
        rows = rows.in_state(Adoption.State.IN_USE, chosen["area"])
    if chosen["evidence"]:
        rows = rows.filter(evidence=chosen["evidence"])
    page = page_of(rows.select_related("organisation").prefetch_related("texts"), request, PER_PAGE)
    counted(page.object_list)
    context = {"crumbs": _trail(), "page_obj": page, "filters": filters}
    return render(request, "practices/index.html", context)


def counted(practices) -> None:
    """Say of each in how many areas it is in use and stopped: one query."""
    words = Adoption.objects.current().filter(practice__in=list(practices))
    found = set(words.values_list("practice_id", "state", "area_id"))
    for one in practices:
        one.in_use, one.stopped = (
            len({area for pk, said, area in found if (pk, said) == (one.pk, state)})
            for state in (Adoption.State.IN_USE, Adoption.State.STOPPED)
        )


def detail(request, slug):
    """One practice, its judgements, and every word on its use; a draft leads its writers on."""
    rows = Practice.objects.visible_to(request.user).select_related("organisation")
    practice = get_object_or_404(rows.prefetch_related("texts", "topics"), slug=slug)
    if not practice.is_public:
        return redirect("practices:own", pk=practice.pk)
    counted([practice])
    text = practice.text
    current = set(practice.adoptions.current().values_list("pk", flat=True))
    adoptions = list(practice.adoptions.select_related("organisation", "area"))
    title = _("Take into use: %(practice)s") % {"practice": text.title}
    adopt = {"title": title[:140], "change": text.problem}
    context = {
        "crumbs": _trail((text.title, None)),
        "practice": practice,
        "text": text,
        "parts": parts(text),
        "others": [one for one in practice.texts.all() if one != text],
        "judgements": practice.judgements.all(),
        "adoptions": [one for one in adoptions if one.pk in current],
        "earlier": [one for one in adoptions if one.pk not in current],
        "adopt_url": f"{reverse('commitments:write')}?{urlencode(adopt)}",
        "mine": may_write(request.user, practice),
        "tells": Organisation.objects.editable_by(request.user).exists(),
    }
    return render(request, "practices/detail.html", context)


def parts(text: PracticeText) -> list[tuple[str, str]]:
    """The description, part by part, each with its name."""
    names = {field.name: str(field.verbose_name) for field in PracticeText._meta.concrete_fields}
    return [(names[name], getattr(text, name)) for name in text.WORDS[1:]]


@login_required
def write(request):
    """Begin a practice for `organisation`, one that the person writes for; POST saves the draft."""
    writes_for = list(Organisation.objects.editable_by(request.user))
    slug = request.POST.get("organisation") or request.GET.get("organisation", "")
    chosen = writes_for if len(writes_for) == 1 else [one for one in writes_for if one.slug == slug]
    if not chosen:
        context = {"crumbs": _trail((_("Describe a practice"), None)), "writes_for": writes_for}
        return render(request, "practices/choose.html", context)
    [organisation] = chosen
    form = PracticeForm(_posted(request))
    if request.method == "POST" and form.is_valid():
        practice = services.start(
            organisation,
            by=request.user,
            language=request.LANGUAGE_CODE,
            words=form.words,
            **form.chosen,
        )
        return _saved(request, practice)
    return _form(request, form, organisation, request.LANGUAGE_CODE)


def _own(request, pk) -> Practice:
    """One that the reader's organisation has: 404 for strangers, 403 for who does not write."""
    acting = Organisation.objects.of(request.user)
    rows = Practice.objects.filter(organisation__in=acting).select_related("organisation")
    practice = get_object_or_404(rows, pk=pk)
    if not may_write(request.user, practice):
        raise PermissionDenied
    return practice


@login_required
def edit(request, pk):
    """Write on, in the page's language; what somebody else saved meanwhile is not overwritten."""
    practice = _own(request, pk)
    if not practice.is_editable:
        return redirect("practices:own", pk=pk)
    language = request.LANGUAGE_CODE
    text = practice.texts.filter(language=language).first()
    first = {
        "evidence": practice.evidence,
        "topics": practice.topics.all(),
        "contact": practice.contact,
        "seen": practice.version_token,
    }
    form = PracticeForm(_posted(request), instance=text, initial=first)
    stale = False
    if request.method == "POST" and form.is_valid():
        try:
            services.edit(
                practice,
                by=request.user,
                language=language,
                words=form.words,
                expect=form.cleaned_data["seen"],
                **form.chosen,
            )
        except Stale:
            stale = True
        except TransitionNotAllowed:
            messages.error(request, _("This can no longer be done: the state has changed."))
            return redirect("practices:own", pk=pk)
        else:
            return _saved(request, practice)
    return _form(request, form, practice.organisation, language, stale=stale)


def _saved(request, practice):
    messages.success(request, _("The draft has been saved. Nobody else reads it yet."))
    return redirect("practices:own", pk=practice.pk)


def _form(request, form, organisation, language, *, stale=False):
    context = {
        "crumbs": _trail((_("Describe a practice"), None)),
        "form": form,
        "organisation": organisation,
        "in_language": dict(settings.LANGUAGES)[language],
        "stale": stale,
    }
    status = 409 if stale else 422 if form.errors else 200
    return render(request, "practices/edit.html", context, status=status)


@login_required
def own(request, pk):
    """How one's own practice stands; POST `move` is one of MOVES."""
    practice = _own(request, pk)
    if request.method == "POST":
        move = MOVES.get(request.POST.get("move", ""))
        if move is None:
            raise BadParameter("move", request.POST.get("move", ""))
        try:
            move(practice, by=request.user)
        except TransitionNotAllowed:
            messages.error(request, _("This can no longer be done: the state has changed."))
        except NotComplete as refused:
            names = [
                str(
                    (Practice if name == "contact" else PracticeText)
                    ._meta.get_field(name)
                    .verbose_name
                )
                for name in refused.missing
            ]
            messages.error(request, f"{_('Before it can be sent in')}: {', '.join(names)}")
        else:
            messages.success(request, _("Saved."))
        return redirect("practices:own", pk=pk)
    context = {
        "crumbs": _trail((str(practice), None)),
        "practice": practice,
        "texts": practice.texts.all(),
        "moves": [name for name in ("submit", "take_back", "withdraw") if _can(practice, name)],
    }
    return render(request, "practices/own.html", context)


def _can(practice, move) -> bool:
    states = Practice.State
    to = {"submit": states.SUBMITTED, "take_back": states.DRAFT, "withdraw": states.WITHDRAWN}
    return practice.can_become(to[move])


@login_required
def tell(request, slug):
    """Say for an area that a practice is in use, was tried or is stopped, and why. 404 for who
    writes for no organisation.
    """
    practice = get_object_or_404(Practice.objects.public(), slug=slug)
    organisations = Organisation.objects.editable_by(request.user)
    if not organisations.exists():
        raise Http404
    form = AdoptionForm(_posted(request), organisations=organisations)
    if request.method == "POST" and form.is_valid():
        typed = dict(form.cleaned_data)
        try:
            services.tell(
                practice,
                typed.pop("organisation"),
                typed.pop("area"),
                by=request.user,
                **typed,
            )
        except ReasonMissing:
            form.add_error("result", _("Say why it was stopped."))
        except NotPublic:
            messages.error(request, _("This can no longer be done: the state has changed."))
            return redirect("practices:index")
        else:
            messages.success(request, _("Saved."))
            return redirect(practice)
    context = {
        "crumbs": _trail(
            (str(practice), practice.get_absolute_url()), (_("Tell of its use"), None)
        ),
        "practice": practice,
        "form": form,
    }
    return render(request, "practices/tell.html", context, status=422 if form.errors else 200)


def _posted(request):
    return request.POST if request.method == "POST" else None
