"""The one shape of a link: what lists, menus, letters, search and the desk have in common."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Link:
    """Something that can be read: its title and its address on this site.

    `language` is that of the title where it may be another than the reader's, else "". What more a
    list says of its things stands in a class of its own that begins from this one.
    """

    title: str
    url: str
    language: str = ""
