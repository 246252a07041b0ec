"""Writing the index of the database: documents in, documents out, all of it anew."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from law.citations import with_signs
from portal.caching.memory import remembered
from portal.languages import LANGUAGES, in_language
from portal.linguistics import word_lists as words
from portal.linguistics.analysis import WORD, analyser_name, backend_of, encoded, read, stopwords
from portal.linguistics.typed import text_as_typed, without_dots
from portal.places.models import Area
from portal.search_api import PUBLIC, Entry
from search import spelling
from search.documents import kinds
from search.models import Change, Document, IndexState, Text, kept_as

LONGEST_TEXT = 100_000
BATCH = 100
MOST_AREAS = 12  # of a thing that is found by their names
Progress = Callable[[int, int], None]

DOCUMENT_FIELDS = [
    *("kind", "key", "language", "thing", "audience", "topics", "areas", "boost", "date"),
    *("holds_from", "holds_to"),
    *("title_terms", "title_key", "title_plain", "title", "path", "indexed_at"),
]
TEXT_FIELDS = [
    *("trail", "summary", "body", "title_terms", "body_terms", "title_parts", "body_parts"),
]


def terms(
    text: str, language: str, skip: frozenset[str] = frozenset(), heard: set[str] | None = None
) -> tuple[str, str]:
    """The base forms of a text in its order, and the other forms its words are found by.

    The words as they are written are added to `heard`.
    """
    backend = backend_of(language)
    bases, parts = [], []
    for written in WORD.findall(text):
        word, base, rest = _forms(written, language, backend)
        if heard is not None:
            heard.add(word)
        if word not in skip:
            bases.append(base)
            if rest:
                parts.append(rest)
    return " ".join(bases), " ".join(parts)


@lru_cache(maxsize=65_536)
def _forms(written: str, language: str, backend: str) -> tuple[str, str, str]:
    """A word in lower case, its base form and its other forms, as the engines store them."""
    word, reading = read(written, language, backend)
    rest = " ".join(encoded(form, language) for form in (*reading.others, *reading.parts))
    return word, encoded(reading.base, language), rest


def title_key(title: str) -> str:
    """A title as prefixes are looked for in it: in lower case, a blank before each word.

    A section is written in one way, however it is cited: `pykälä 14` is ` 14§`.
    """
    words = (match.group().lower() for match in WORD.finditer(with_signs(text_as_typed(title))))
    return " " + " ".join(words)[:300]


def write(entries: Iterable[Entry], heard: dict[str, Counter[str]] | None = None) -> list[str]:
    """Put these documents into the index, in the place of what had their uid; returns the uids.

    The words of what everybody may find are counted in `heard`, by language.
    """
    documents, texts = [], []
    areas = remembered(_names_of_areas, "search", "names of areas")
    for entry in {entry.uid: entry for entry in entries}.values():
        key = title_key(entry.title)
        words: set[str] = set()
        title_terms, title_parts = terms(
            with_signs(entry.title) if entry.kind == "section" else entry.title,
            entry.language,
            heard=words,
        )
        named = _named(entry, areas)
        body = "\n".join(filter(None, (entry.summary, entry.body, entry.words, named)))
        body = body[:LONGEST_TEXT]
        body_terms, body_parts = terms(body, entry.language, stopwords(entry.language), words)
        if heard is not None and PUBLIC in entry.audiences:
            heard.setdefault(entry.language, Counter()).update(words)
        documents.append(
            Document(
                uid=entry.uid,
                kind=entry.kind,
                key=entry.key,
                language=entry.language,
                audience=kept_as(entry.audiences),
                thing=entry.thing or f"{entry.kind}:{entry.key}",
                topics=f" {' '.join(entry.topics)} ",
                areas=f" {' '.join(entry.areas)} ",
                holds_from=entry.holds_from,
                holds_to=entry.holds_to,
                boost=entry.boost,
                date=entry.date,
                title_terms=title_terms[:2000],
                title_key=key,
                title_plain=without_dots(key)[:301],
                title=entry.title[:300],
                path=entry.path,
            )
        )
        texts.append(
            Text(
                trail=entry.trail,
                summary=entry.summary,
                body=entry.body[:LONGEST_TEXT],
                title_terms=title_terms,
                body_terms=body_terms,
                title_parts=title_parts,
                body_parts=body_parts,
            )
        )
    with transaction.atomic():
        written = Document.objects.bulk_create(
            documents, update_conflicts=True, unique_fields=["uid"], update_fields=DOCUMENT_FIELDS
        )
        for document, text in zip(written, texts, strict=True):
            text.document = document
        Text.objects.bulk_create(
            texts, update_conflicts=True, unique_fields=["document"], update_fields=TEXT_FIELDS
        )
    return [document.uid for document in documents]


def _named(entry: Entry, areas: Mapping[str, Mapping[str, str]]) -> str:
    """The word for the kind of a thing, and the names of its areas unless these are many."""
    kind = kinds().get(entry.kind)
    with in_language(entry.language):
        words = [str(kind.searchable.name)] if kind else []
    if len(entry.areas) <= MOST_AREAS:
        words += [areas[key][entry.language] for key in entry.areas if key in areas]
    return " ".join(words)


def _names_of_areas() -> dict[str, dict[str, str]]:
    names = [f"name_{language}" for language in LANGUAGES]
    return {
        key: dict(zip(LANGUAGES, three, strict=True))
        for key, *three in Area.objects.choosable().values_list("key", *names)
    }


def update(kind: str, keys: list[str], heard: dict[str, Counter[str]] | None = None) -> None:
    """Bring these things of a kind up to date: written as they are now, or taken out."""
    with transaction.atomic():
        written = write(kinds()[kind].entries(keys), heard)
        Document.objects.filter(kind=kind, key__in=keys).exclude(uid__in=written).delete()


def forget(kind: str, keys: list[str]) -> None:
    """Take things out at once, such as a page that has just been withdrawn."""
    Document.objects.filter(kind=kind, key__in=keys).delete()


def refresh(progress: Progress = lambda done, total: None) -> int:
    """Write everything that can be found anew, and take out what no longer can; returns how much.

    Searching goes on meanwhile, with each thing's old or new document. What was queued before is
    then done; only Elasticsearch may still have to be told.
    """
    started = timezone.now()
    keys = {kind: kind.keys() for kind in kinds().values()}
    total, done = sum(map(len, keys.values())), 0
    heard: dict[str, Counter[str]] = {}
    for kind, all_keys in keys.items():
        for first in range(0, len(all_keys), BATCH):
            batch = all_keys[first : first + BATCH]
            update(kind.key, batch, heard)
            done += len(batch)
            progress(done, total)
    Document.objects.filter(indexed_at__lt=started).delete()
    spelling.keep(heard)
    queued = Change.objects.filter(made_at__lt=started, written_at=None)
    if settings.ELASTICSEARCH_URL:
        queued.update(written_at=timezone.now())
    else:
        queued.delete()
    IndexState.objects.update_or_create(
        defaults={"analyser": analyser_name(), "rebuilt_at": timezone.now()}
    )
    return total


def problems() -> list[str]:
    """What is wrong with the index, a sentence each; nothing when it can be trusted."""
    state, found = IndexState.current(), []
    if state.analyser != analyser_name():
        found.append(
            f"The index was made with the analyser “{state.analyser or 'none'}” and is read with "
            f"“{analyser_name()}”: run `manage.py search_index --rebuild`."
        )
    for kind in kinds().values():
        indexed = set(
            Document.objects.filter(kind=kind.key).values_list("key", flat=True).distinct()
        )
        visible = set(kind.keys())
        if missing := len(visible - indexed):
            found.append(f"{missing} of {len(visible)} rows are not in the index: {kind.key}.")
        if superfluous := len(indexed - visible):
            found.append(f"{superfluous} in the index that nobody should find: {kind.key}.")
    if not_built := words.missing(LANGUAGES):
        found.append(
            f"Word lists not built ({', '.join(not_built)}): `manage.py build_words` makes reading "
            f"ten times faster. Looked in {settings.VAR_DIR / 'words'}."
        )
    return found
