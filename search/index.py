"""Writing the index of the database: documents in, documents out, all of it anew."""

from collections.abc import Callable, Iterable
from functools import lru_cache

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from law.citations import with_signs
from portal.languages import LANGUAGES
from portal.linguistics import word_lists as words
from portal.linguistics.analysis import WORD, analyser_name, backend_of, encoded, read, stopwords
from portal.linguistics.typed import text_as_typed, without_dots
from portal.search_api import Entry
from search.documents import kinds
from search.models import Change, Document, IndexState, Text, kept_as

LONGEST_TEXT = 100_000
BATCH = 100
Progress = Callable[[int, int], None]

DOCUMENT_FIELDS = [
    *("kind", "key", "language", "thing", "audience", "topics", "areas", "boost", "date"),
    *("holds_from", "holds_to"),
    *("title_terms", "title_key", "title_plain", "title", "path", "indexed_at"),
]
TEXT_FIELDS = [
    *("trail", "summary", "body", "title_terms", "body_terms", "title_parts", "body_parts"),
]


def terms(text: str, language: str, skip: frozenset[str] = frozenset()) -> tuple[str, str]:
    """The base forms of a text in its order, and the other forms its words are found by."""
    backend = backend_of(language)
    bases, parts = [], []
    for written in WORD.findall(text):
        word, base, rest = _forms(written, language, backend)
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


def write(entries: Iterable[Entry]) -> list[str]:
    """Put these documents into the index, in the place of what had their uid; returns the uids."""
    documents, texts = [], []
    for entry in {entry.uid: entry for entry in entries}.values():
        key = title_key(entry.title)
        title_terms, title_parts = terms(entry.title, entry.language)
        body = "\n".join(filter(None, (entry.summary, entry.body, entry.words)))[:LONGEST_TEXT]
        body_terms, body_parts = terms(body, entry.language, stopwords(entry.language))
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


def update(kind: str, keys: list[str]) -> None:
    """Bring these things of a kind up to date: written as they are now, or taken out."""
    with transaction.atomic():
        written = write(kinds()[kind].entries(keys))
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
    for kind, all_keys in keys.items():
        for first in range(0, len(all_keys), BATCH):
            batch = all_keys[first : first + BATCH]
            update(kind.key, batch)
            done += len(batch)
            progress(done, total)
    Document.objects.filter(indexed_at__lt=started).delete()
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
