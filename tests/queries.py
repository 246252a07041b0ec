"""How many queries something costs: a list of six rows costs those of one."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.caching import memory


def queries_of(work) -> int:
    """How many queries calling `work` costs."""
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


def queries_of_page(client, path) -> int:
    """How many queries a page costs when it is made anew, apart from what fragments keep."""

    def opened():
        assert client.get(path).status_code == 200

    opened()
    memory.forget()
    return queries_of(opened)
