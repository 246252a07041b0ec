"""What makes the API public: nobody is recognised there, and scripts of any site may read it."""

from . import request as asking

HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Retry-After, X-Request-ID",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


def open_to_all(get_response):
    """Take the cookies off a request for data before anything reads them."""

    def middleware(request):
        if not asking.for_data(request):
            return get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    return middleware
