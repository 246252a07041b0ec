"""Version 1 of the API: the rooms' routers, put together."""

from django.http import Http404
from ninja import NinjaAPI
from ninja.renderers import JSONRenderer

from portal.errors import BadParameter

from .problems import WrongParameters, problem, wrong
from .routers import routers


class Renderer(JSONRenderer):
    json_dumps_params = {"ensure_ascii": False}


class Service(NinjaAPI):
    def get_operation_url_name(self, operation, router):
        """An address is known here by the same word as to those who call it."""
        return operation.operation_id


api = Service(
    title="Integration portal",
    version="1",
    urls_namespace="api",
    openapi_url=None,
    docs_url=None,
    renderer=Renderer(),
)
for word, router in routers():
    api.add_router(f"/{word}", router, tags=[word])


@api.exception_handler(WrongParameters)
def wrong_parameters(request, error):
    return problem(request, 400, errors=error.errors)


@api.exception_handler(BadParameter)
def bad_parameter(request, error):
    return problem(request, 400, errors=[wrong(error.name, error.value, str(error))])


@api.exception_handler(Http404)
def not_found(request, error):
    return problem(request, 404)
