"""The catalogue of the data at an address, for portals that harvest it."""

from django.http import HttpRequest, HttpResponse

from . import catalogue as catalog
from .pxweb.views import open_data

FORMS = {
    "ttl": ("turtle", "text/turtle; charset=utf-8"),
    "jsonld": ("json-ld", "application/ld+json"),
    "rdf": ("pretty-xml", "application/rdf+xml; charset=utf-8"),
}


@open_data()
def catalogue(request: HttpRequest, extension: str) -> HttpResponse:
    """All released datasets in DCAT-AP 3.0, in the form that the address ends in.

    In three languages at once, so that the address alone decides the answer.
    """
    form, content_type = FORMS[extension]
    text = catalog.graph().serialize(format=form)
    return HttpResponse(text, content_type=content_type)
