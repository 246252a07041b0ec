"""How each address of the API is read: by GET, HEAD and OPTIONS, sparingly, and from caches."""

from functools import wraps
from hashlib import sha256

from django.conf import settings
from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt

from portal import rate_limits

from .problems import problem

METHODS = "GET, HEAD, OPTIONS"
WINDOW = 60  # seconds that requests are counted over
PREFLIGHT = {
    "Allow": METHODS,
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "If-Match, If-None-Match, If-Modified-Since, X-Request-ID",
    "Access-Control-Max-Age": "86400",
}


def read_only(view):
    """A view of the API, with what all of them have in common.

    405 for what would write and 429 for too much of it, both as problems; an ETag of the bytes, by
    which If-None-Match is answered 304. If-Modified-Since alone is answered in full, because a list
    also changes by what leaves it.
    """

    @csrf_exempt  # nothing can be written, and 405 says so
    @wraps(view)
    def read(request, *args, **kwargs):
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers=PREFLIGHT)
        if request.method not in ("GET", "HEAD"):
            response = problem(request, 405)
            response.headers["Allow"] = METHODS
            return response
        address = rate_limits.network_address(request)
        most = settings.API_REQUESTS_A_MINUTE
        if not rate_limits.one_more_read("api", address, most=most, seconds=WINDOW):
            response = problem(request, 429)
            response.headers["Retry-After"] = str(WINDOW)
            return response
        asked, request.method = request.method, "GET"
        response = view(request, *args, **kwargs)
        request.method = asked
        return cacheable(request, response) if response.status_code == 200 else response

    return read


def cacheable(request, response):
    """The answer with its ETag and how long caches keep it; 304 or 412 when the request says so."""
    response.headers["Cache-Control"] = "public, max-age=60"
    etag = f'"{sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    answer = get_conditional_response(request, etag=etag, response=response)
    return problem(request, 412) if answer.status_code == 412 else answer
