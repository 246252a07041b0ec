"""How many queries something costs: a list of six rows costs those of one."""

from django.db import connection
from django.test.utils import CaptureQueriesContext


def queries_of(work) -> int:
    """How many queries calling `work` costs."""
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


def queries_of_page(client, path) -> int:
    """How many queries a page costs, when what is kept between requests has been kept."""

    def opened():
        assert client.get(path).status_code == 200

    opened()
    return queries_of(opened)
