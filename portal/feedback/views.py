"""The feedback form and its thanks."""

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from portal import menu
from portal.errors import BadParameter
from portal.languages import current_language

from . import limits, services
from .forms import FeedbackForm, is_own_path


@never_cache
def form(request):
    """Takes feedback on the page in `?from=`; 400 when that is no page of ours.

    429 with the form as it was filled in when one network address sends too much.
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
        return _page(request, form)
    if not limits.one_more(request):
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


def _page(request, form, status=200):
    context = {"form": form, "about": form["about"].value(), "crumbs": _crumbs(_("Feedback"))}
    return render(request, "feedback/form.html", context, status=status)


def _crumbs(title):
    """Home, the About page when the menu has it, and the page at hand."""
    pages = menu.pages(current_language())
    about = [(one.title, one.url) for one in pages.about if one.url == pages.index.get("about")]
    return [(_("Home"), f"/{current_language()}/"), *about, (title, None)]
