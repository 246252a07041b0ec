"""What of a request decides an answer of the API: its address, and nothing else.

So answers are the same for everyone, and any cache may keep them.
"""

import re

from django.conf import settings

from portal.languages import LANGUAGES

ROOTS = ("/api/", "/pxweb/", "/catalog.")
DOCS = "/api/v1/docs"
LANGUAGE = re.compile(rf"(?:^|&)lang(?:uage)?=({'|'.join(LANGUAGES)})(?:&|$)")


def for_data(request) -> bool:
    """Whether a request is for data: all under ROOTS but the page that explains the API.

    Letter case does not matter, so that a program that mistypes an address is not told so in HTML.
    """
    path = request.path_info.lower()
    return path.startswith(ROOTS) and path != DOCS


def language(request) -> str:
    """The language that the address names, else Finnish; of an address that cannot be read too."""
    named = LANGUAGE.search(request.META.get("QUERY_STRING", ""))
    return named[1] if named else settings.LANGUAGE_CODE
