"""Long lists: the page of one that an address asks for."""

from django.core.paginator import InvalidPage, Page, Paginator

from portal.errors import BadParameter


def page_of(rows, request, per_page: int, name: str = "page", *, count: int | None = None) -> Page:
    """The page of `rows` that a parameter of the address names, the first when it is not there.

    `count` is how many rows there are, where that is kept and need not be counted anew.

    Raises BadParameter for one that there is not.
    """
    number = request.GET.get(name, "1")
    paginator = Paginator(rows, per_page)
    if count is not None:
        paginator.count = count
    try:
        return paginator.page(number)
    except InvalidPage as error:
        raise BadParameter(name, number) from error
