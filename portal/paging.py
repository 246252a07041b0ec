"""Long lists: the page of one that an address asks for."""

from django.core.paginator import InvalidPage, Page, Paginator

from portal.errors import BadParameter


def page_of(rows, request, per_page: int, name: str = "page") -> Page:
    """The page of `rows` that a parameter of the address names, the first when it is not there.

    Raises BadParameter for one that there is not.
    """
    number = request.GET.get(name, "1")
    try:
        return Paginator(rows, per_page).page(number)
    except InvalidPage as error:
        raise BadParameter(name, number) from error
