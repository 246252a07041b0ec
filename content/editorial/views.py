"""The public history of a page: its versions, what changed between two, and each as it was."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from wagtail.models import Page

from content.editorial.versions import compare, in_stretches, text_of
from content.pages.models import SubjectPage
from content.pages.models.history import Version
from content.pages.models.place import place_of
from content.pages.related import page_address
from content.pages.views.pages import find
from content.pages.views.pages import page as serve_page
from content.pages.visibility import visible_to
from portal.errors import BadParameter
from portal.page_cache import kept
from portal.paging import page_of

PER_PAGE = 50


@kept("from", "to", "page")
def history(request, path):
    """The publications and withdrawals of a page, and what changed between `?from=` and `?to=`.

    Both are numbers of versions: without `to` it is the one on show, without `from` the one before
    it. A page that stands at this address itself (no page with a history has pages below it) is
    served instead.
    """
    page = page_with_history(request, path)
    if page is None:
        return serve_page(request, path)
    versions = {change.version.number: change.version for change in page.history if change.version}
    readable = [version for version in versions.values() if version.readable]
    asked = "from" in request.GET or "to" in request.GET
    old, new = chosen(request, readable) if asked else (None, None)
    compared = compare(text_of(old.change, page), text_of(new.change, page)) if old else []
    context = around(page, request, _("Changes and earlier versions")) | {
        "changes": page_of(page.history, request, PER_PAGE),
        "readable": readable,
        "old": old,
        "new": new,
        "compared": in_stretches(compared),
        "differences": [change for change in compared if change.state != "same"],
    }
    return render(request, "content/history.html", context)


@kept()
def version(request, path, number):
    """One published version of a page, in the words of its day. 404 for one that none may read."""
    page = page_with_history(request, path)
    found = page and next(
        (
            change.version
            for change in page.history
            if change.version and change.version.number == number and change.version.readable
        ),
        None,
    )
    if not found:
        raise Http404
    name = _("Version %(number)s") % {"number": number}
    context = around(page, request, name)
    context["crumbs"].insert(-1, (_("Changes and earlier versions"), page.history_url))
    title, *pieces = text_of(found.change, page)
    return render(
        request,
        "content/version.html",
        context | {"version": found, "title": title.text, "pieces": pieces, "here": request.path},
    )


def page_with_history(request, path: str) -> SubjectPage | None:
    """The published page at a path of the language asked for, if `request.user` may see it."""
    route = find(f"/{request.LANGUAGE_CODE}/{path}")
    page = route and route.page
    if not isinstance(page, SubjectPage):
        return None
    if not page.open_to_all:
        seen = visible_to(Page.objects.filter(pk=page.pk), request.user)
        if not seen.exists():
            raise Http404
    return page


def chosen(request, readable: list[Version]) -> tuple[Version, Version]:
    """The two versions that the address names. Raises BadParameter for one that there is not."""
    by_number = {str(version.number): version for version in readable}

    def named(name: str, default: Version | None) -> Version:
        value = request.GET.get(name, "")
        found = by_number.get(value) if value else default
        if found is None:
            raise BadParameter(name, value)
        return found

    new = named("to", readable[0] if readable else None)
    earlier = [version for version in readable if version.number < new.number]
    return named("from", earlier[0] if earlier else None), new


def around(page: SubjectPage, request, here: str) -> dict:
    """What both pages have: the way here, and the history in the other languages."""
    place = place_of(page, request.user)
    return {
        "page": page,
        "crumbs": [*place.crumbs, (here, "")],
        "alternates": {
            language: page_address("content:history", url_path)
            for language, url_path in place.alternates.items()
        },
        "no_index": True,
    }
