"""The glossary as a page, in the alphabet of the reader's language."""

from itertools import groupby

from django.shortcuts import render
from django.utils.html import escape, format_html
from django.utils.translation import gettext as _

from law.impact_reviews import open_reviews
from portal.languages import alphabetical
from portal.linguistics.typed import mentioning
from portal.menu import crumbs
from portal.page_cache import kept

from .marking import marked
from .models import Term
from .references import KEY


@kept(sought=("q",))
def index(request):
    """Every term with its definition; `?q=` keeps those whose names or definition have the words.

    The letters that lead down the page are those that some term begins with.
    """
    terms = alphabetical(Term.objects.visible_to(request.user).select_related("section__act"))
    words = request.GET.get("q", "").strip()[:200]
    chosen = mentioning(terms, words, lambda term: term.text)
    reviews = open_reviews(KEY, [str(term.pk) for term in chosen])
    for term in chosen:
        term.reviews = reviews.get(str(term.pk), [])
        term.linked = marked(escape(term.definition), shown=link, leave=term.key)
    letters = [
        (letter, list(inside))
        for letter, inside in groupby(chosen, lambda term: term.name[0].upper())
    ]
    return render(
        request,
        "glossary/index.html",
        {
            "letters": letters,
            "words": words,
            "count": len(chosen),
            "total": len(terms),
            "crumbs": crumbs((_("Glossary"), None)),
        },
    )


def link(words, meaning):
    """A mention within the glossary leads to the place of the term."""
    return format_html('<a href="{}">{}</a>', meaning.address, words)
