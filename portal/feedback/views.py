"""The feedback form, what a page asks of its readers, and the thanks for both."""

from urllib.parse import urlencode

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from portal import menu
from portal.errors import BadParameter
from portal.languages import current_language
from portal.views.errors import csrf_failure

from . import rate_limits, services
from .forms import FeedbackForm, OpinionForm, is_own_path


@never_cache
def form(request):
    """Takes feedback on the page in `?from=`; 400 when that is no page of ours.

    422 with the form as it was filled in when something is amiss, and 429 when one network address
    sends too much.
    """
    page = request.GET.get("from", "")
    if page and (len(page) > 300 or not is_own_path(page)):
        raise BadParameter("from", page)
    if request.method != "POST":
        return _page(request, FeedbackForm(initial={"about": page}))
    form = FeedbackForm(request.POST)
    if form.is_from_a_machine:
        return redirect("feedback:thanks")
    if not form.is_valid():
        return _page(request, form, status=422)
    if not rate_limits.one_more(request):
        form.add_error(None, _("Much feedback has come from your network. Try again in an hour."))
        return _page(request, form, status=429)
    fields = {name: form.cleaned_data[name] for name in ("kind", "text", "email", "name", "about")}
    services.receive(key=form.cleaned_data["key"], language=current_language(), **fields)
    return redirect("feedback:thanks")


def thanks(request):
    return render(
        request,
        "feedback/thanks.html",
        {"crumbs": _crumbs(_("Thank you")), "no_index": True},
    )


@never_cache
@csrf_exempt
def opinion(request):
    """Takes what a reader says of a page, by the form at its foot; leads to the thanks.

    That form is on cached pages and without a CSRF token, so a request that a browser says comes
    from another site is refused (403). 422 with the form as it was filled in when something is
    amiss, 429 when one network address says too much. Opened by itself, it leads to the feedback
    form.
    """
    if request.method != "POST":
        return redirect("feedback:form")
    if not comes_from_here(request):
        return csrf_failure(request)
    form = OpinionForm(request.POST)
    if form.is_from_a_machine:
        return redirect("feedback:opinion_thanks")
    if not form.is_valid():
        return _opinion_page(request, form, status=422)
    page = form.cleaned_data["page"]
    said = {name: form.cleaned_data[name] for name in ("helped", "reason", "text")}
    if not rate_limits.is_said_twice(request, f"{page} {said}"):
        if not rate_limits.one_more_opinion(request):
            form.add_error(
                None, _("Much feedback has come from your network. Try again in an hour.")
            )
            return _opinion_page(request, form, status=429)
        services.hear(address=page.address, owner=page.owner, language=current_language(), **said)
    return redirect(f"{reverse('feedback:opinion_thanks')}?{urlencode({'from': page.address})}")


def comes_from_here(request) -> bool:
    """Whether the browser says that a page of this site sent the request, or says nothing at all.

    Browsers before 2023 send no Sec-Fetch-Site, but an Origin with each POST.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    own = f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Origin", own) == own


def opinion_thanks(request):
    """Thanks, and the way back to the page in `?from=`; 400 when that is no page of ours."""
    page = request.GET.get("from", "")
    if page and (len(page) > 300 or not is_own_path(page)):
        raise BadParameter("from", page)
    context = {"page_address": page, "crumbs": _crumbs(_("Thank you")), "no_index": True}
    return render(request, "feedback/opinion_thanks.html", context)


def _opinion_page(request, form, status):
    context = {"form": form, "crumbs": _crumbs(_("Did this page help?")), "no_index": True}
    return render(request, "feedback/opinion_form.html", context, status=status)


def _page(request, form, status=200):
    context = {"form": form, "about": form["about"].value(), "crumbs": _crumbs(_("Feedback"))}
    return render(request, "feedback/form.html", context, status=status)


def _crumbs(title):
    """Home, the About page when the menu has it, and the page at hand."""
    pages = menu.pages(current_language())
    about = [(one.title, one.url) for one in pages.about if one.url == pages.index.get("about")]
    return menu.crumbs(*about, (title, None))
