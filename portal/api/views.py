"""The description of the API, for programs and for people."""

import json

from django.http import HttpResponse
from django.shortcuts import render

from portal.languages import current_language

from . import reference
from .parameters import MOST
from .problems import KINDS
from .responses import LICENCE_URL
from .schema import openapi


def openapi_json(request):
    """OpenAPI 3.1, its words in the language of `?language=`."""
    text = json.dumps(openapi(current_language()), ensure_ascii=False, indent=1)
    return HttpResponse(text, content_type="application/json; charset=utf-8")


def docs(request):
    """The page about the API, made of its description; one address in all languages."""
    schema = openapi(current_language())
    return render(
        request,
        "api/docs.html",
        {
            "about": schema["info"]["description"],
            "server": schema["servers"][0]["url"],
            "rooms": reference.rooms(schema),
            "problems": [(name, *words) for name, words in KINDS.items()],
            "licence_url": LICENCE_URL,
            "most": MOST,
            "no_index": True,
        },
    )
