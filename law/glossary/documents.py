"""Terms as the search finds them: by every name, and by the words that are used no longer."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from portal.languages import LANGUAGES, in_language, in_words
from portal.search_api import Entry

from .models import Term
from .references import KEY


def terms(rows: QuerySet[Term]) -> Iterator[Entry]:
    """A document of each term in each language; a word to avoid says what the term is now."""
    for term in rows:
        for language in LANGUAGES:
            others = [word for code in LANGUAGES if code != language for word in term.words(code)]
            with in_language(language):
                yield Entry(
                    kind=KEY,
                    key=str(term.pk),
                    language=language,
                    title=term.name,
                    path=term.get_absolute_url(),
                    summary=in_words(term, "definition"),
                    body=" ".join(
                        _("“%(old)s” is now called “%(new)s”.") % {"old": old, "new": term.name_fi}
                        for old in term.words_to_avoid
                    ),
                    words=" ".join((*term.also, *others)),
                    boost=1.3,
                )
