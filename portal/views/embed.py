"""A list for a frame on another site's page."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from portal.embedding import embeddables
from portal.errors import BadParameter
from portal.languages import LANGUAGES

SECONDS = 300


@require_safe
@xframe_options_exempt
def embed(request, word):
    """The things of one kind by `area` and `topic`, in `language` (Finnish when none is given).

    The same for whoever looks, and kept by any cache for five minutes. 404 for a kind that there
    is not, 400 for a value that cannot be read.
    """
    found = embeddables().get(word)
    if found is None:
        raise Http404
    language = request.GET.get("language", "")
    if language and language not in LANGUAGES:
        raise BadParameter("language", language)
    given = {name: request.GET[name] for name in found.reads if request.GET.get(name)}
    variables = found.rows(given)
    whole = f"{settings.SITE_URL}{reverse(found.index)}"
    context = {
        **variables,
        "embedded": found,
        "title": variables.get("heading")
        or " – ".join([str(found.title), *map(str, variables.get("narrowed", ()))]),
        "whole": variables.get("whole") or (f"{whole}?{urlencode(given)}" if given else whole),
    }
    response = render(request, "embed.html", context)
    response.headers["Cache-Control"] = f"public, max-age={SECONDS}"
    return response
