"""Elasticsearch, when ELASTICSEARCH_URL names one: the only module that imports its client.

It holds the same forms as the database's index, under the built-in whitespace analyser, and
answers which documents match and how well; the narrow rows come from the database, filtered by
audience there too. The index has a version in its name and is read through an alias, so it is
replaced in one step. Whatever goes wrong with it is `UnavailableError`, and the caller turns to
the database.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from elasticsearch import (
    ApiError,
    AuthenticationException,
    AuthorizationException,
    Elasticsearch,
    SSLError,
    TransportError,
    helpers,
)
from elasticsearch_dsl import Date, Double, Keyword, MultiSearch, Q, Search, Text
from elasticsearch_dsl import Document as Mapping

from portal.languages import LANGUAGES
from search.engines import CAP, SHORTEST_BEGINNING, Candidate, Filters, Match
from search.engines.breaker import Breaker
from search.models import Change, Document, IndexState

ANSWER_WITHIN = 0.8  # seconds
FIRST_WITHIN = 3  # seconds: a server that has just started is slow to answer its first question
START_TAKES = 10  # seconds, at least: a server heard from since then has not just started
ASKED_ANEW = 5  # seconds for which /readyz believes what was last heard
WEIGHTS = {"title_terms": 10, "title_parts": 5, "body_terms": 2, "body_parts": 1}
NARROW = ["ended" if name == "past" else name for name in Candidate._fields[:-1]]
STEP = 1e6  # more than any score differs: first the reader's language, then what holds
BATCH = 200
REBUILD_AT_MOST = 3600  # seconds; after that a rebuild is taken to have been interrupted

# What the client stumbles over when an answer is none of Elasticsearch's, such as a proxy's.
MALFORMED = (KeyError, TypeError, ValueError, AttributeError)

breaker = Breaker()


class UnavailableError(Exception):
    """Elasticsearch did not answer, or not with what was asked."""


class Entry(Mapping):
    """A document as Elasticsearch holds it: what filters, and the forms of its words."""

    audience = Keyword()
    kind = Keyword()
    language = Keyword()
    topics = Keyword()
    areas = Keyword()
    boost = Double()
    holds_from = Date()
    holds_to = Date()
    title_terms = Text(analyzer="whitespace")
    title_parts = Text(analyzer="whitespace")
    body_terms = Text(analyzer="whitespace")
    body_parts = Text(analyzer="whitespace")


def configured() -> bool:
    return bool(settings.ELASTICSEARCH_URL)


@lru_cache(maxsize=8)
def _client(url: str, within: float, ca_file: str, api_key: str) -> Elasticsearch:
    """A client of the server; `ca_file` proves the server to us, `api_key` us to the server.

    A question is put twice when its connection is closed, as by a restart, never when it hangs.
    """
    given: dict[str, Any] = {"ca_certs": ca_file, "api_key": api_key}
    return Elasticsearch(
        url,
        request_timeout=within,
        max_retries=1,
        retry_on_timeout=False,
        **{name: value for name, value in given.items() if value},
    )


def client(within: float = ANSWER_WITHIN) -> Elasticsearch:
    """The client of the configured server; the path of its address is for `alias`."""
    url = urlsplit(settings.ELASTICSEARCH_URL)
    return _client(
        url._replace(path="", query="", fragment="").geturl(),
        within,
        settings.ELASTICSEARCH_CA_FILE,
        settings.ELASTICSEARCH_API_KEY,
    )


def asking() -> Elasticsearch:
    """The client for a reader's question; it waits longer for what may have just started."""
    return client(ANSWER_WITHIN if breaker.told_within(START_TAKES) else FIRST_WITHIN)


def answers() -> bool:
    """Whether the index answers; it is asked, however long the breaker would still rest."""
    if not breaker.told_within(ASKED_ANEW):
        question = Search(index=alias()).source(False)[:1]
        try:
            Elastic().answer(question.using(client(FIRST_WITHIN)).execute)
        except UnavailableError:
            return False
    return breaker.opened_at is None


def said(error: Exception) -> str:
    """What went wrong, in a line; of certificates and refused keys also what to set."""
    if isinstance(error, SSLError):
        return f"{error}: ELASTICSEARCH_CA_FILE names the certificate of the server's authority"
    if isinstance(error, AuthenticationException | AuthorizationException):
        return f"{error}: ELASTICSEARCH_API_KEY, or the user in the address, must have this index"
    return str(error)


def alias() -> str:
    """The name that is read: the path of ELASTICSEARCH_URL, so that portals can share a server."""
    return f"{urlsplit(settings.ELASTICSEARCH_URL).path.strip('/') or 'portal'}-search"


class Elastic:
    """The engine: the same answers as the database's, from Elasticsearch."""

    def candidates(self, match: Match, filters: Filters, limit: int = CAP) -> list[Candidate]:
        search = self._search(match, filters).source(False)[:limit]
        hits = self.answer(lambda: search.using(asking()).execute())
        scores = {hit.meta.id: hit.meta.score for hit in hits}
        rows = Document.objects.filter(uid__in=scores, audience__in=filters.audiences)
        found = []
        for uid, *narrow in rows.with_past().values_list("uid", *NARROW):
            each = Candidate._make((*narrow, scores[uid]))
            step = (2 if each.language == filters.own else 0) + (0 if each.past else 1)
            found.append(each._replace(score=each.score / STEP**step))
        return found

    def any_found(self, matches: Sequence[Match], filters: Filters) -> list[bool]:
        if not matches:
            return []
        several = MultiSearch(index=alias())
        for match in matches:
            several = several.add(self._search(match, filters).source(False)[:1])
        return [bool(len(each)) for each in self.answer(several.using(asking()).execute)]

    def keys(self, matches: Sequence[Match], filters: Filters, limit: int = CAP) -> list[list[int]]:
        if not matches:
            return []
        several = MultiSearch(index=alias())
        for match in matches:
            several = several.add(self._search(match, filters).source(False)[:limit])
        answers = self.answer(several.using(asking()).execute)
        found = [[hit.meta.id for hit in each] for each in answers]
        rows = Document.objects.filter(
            uid__in={uid for each in found for uid in each}, audience__in=filters.audiences
        )
        known = dict(rows.values_list("uid", "pk"))
        return [[known[uid] for uid in each if uid in known] for each in found]

    def answer(self, ask):
        """What `ask` brings from the server; the breaker is told how that went."""
        try:
            answer = ask()
        except (ApiError, TransportError, *MALFORMED) as error:
            breaker.failed()
            raise UnavailableError(said(error)) from error
        breaker.worked()
        return answer

    def _search(self, match: Match, filters: Filters) -> Search:
        search = Search(index=alias()).query(_weighed(_asked(match), filters.own))
        search = search.filter("terms", audience=list(filters.audiences))
        if filters.on:
            search = search.exclude("range", holds_from={"gt": filters.on})
            search = search.exclude("range", holds_to={"lt": filters.on})
        if filters.kinds:
            search = search.filter("terms", kind=list(filters.kinds))
        for name, value in filters.chosen.items():
            field = {"topic": "topics", "area": "areas"}.get(name, name)
            search = search.filter("term", **{field: value})
        return search


def _weighed(asked, own: str):
    """The score as the database has it, by what results show first: own language, what holds."""
    functions = [
        {"field_value_factor": {"field": "boost", "missing": 1}},
        {"filter": Q("term", language=own), "weight": STEP**2},
        {"filter": ~Q("range", holds_to={"lt": timezone.localdate()}), "weight": STEP},
    ]
    return Q("function_score", query=asked, functions=functions, score_mode="multiply")


def _asked(match: Match):
    """All of the words in one of their readings; better when they follow one another."""
    readings = []
    for words in match.each():
        each = [_any_of(word, match) for word in words]
        phrase = " ".join(word[0] for word in words)
        closer = [
            Q("match_phrase", **{name: {"query": phrase, "boost": WEIGHTS[name]}})
            for name in ("title_terms", "body_terms")
        ]
        readings.append(Q("bool", must=each, should=closer if len(words) > 1 else []))
    return Q("bool", should=readings, minimum_should_match=1)


def _any_of(word: Sequence[str], match: Match):
    """A word in any of its forms, in any of the fields."""
    wanted = [
        Q(
            "prefix" if match.beginnings and len(form) >= SHORTEST_BEGINNING else "term",
            **{name: {"value": form, "boost": weight}},
        )
        for form in word
        for name, weight in WEIGHTS.items()
        if name.startswith("title") or not match.in_title
    ]
    return Q("dis_max", queries=wanted, tie_breaker=0.3)


# --- Writing ---------------------------------------------------------------------------------


def _source(document: Document) -> dict:
    return {
        "audience": document.audience,
        "kind": document.kind,
        "language": document.language,
        "topics": document.topics.split(),
        "areas": document.areas.split(),
        "boost": document.boost,
        "holds_from": document.holds_from,
        "holds_to": document.holds_to,
        **{name: getattr(document.text, name) for name in WEIGHTS},
    }


def _write(index: str, operations: Iterable[dict]) -> None:
    """Send operations in bulk. Removing what is not there is no error; anything else is."""
    try:
        _done, errors = helpers.bulk(
            client(within=10), operations, index=index, chunk_size=BATCH, raise_on_error=False
        )
        client(within=10).indices.refresh(index=index)
    except (ApiError, TransportError) as error:
        breaker.failed()
        raise UnavailableError(said(error)) from error
    breaker.worked()
    problems = errors if isinstance(errors, list) else []
    if refused := [each for each in problems if each.get("delete", {}).get("status") != 404]:
        raise UnavailableError(f"{len(refused)} documents were refused, first: {refused[0]}")


def rebuild(progress=lambda done, total: None) -> int:
    """Make a new index of every document in the database and turn the alias to it.

    Changes made meanwhile stay queued and are replayed into the new index by the next `replay()`.
    Raises UnavailableError, and leaves the index that is read as it was.
    """
    IndexState.objects.update_or_create(defaults={"rebuilding_since": timezone.now()})
    fresh = f"{alias()}-{timezone.now():%Y%m%d%H%M%S%f}"
    documents = Document.objects.select_related("text").order_by("pk")
    total = documents.count()
    try:
        Entry._index.clone(name=fresh).create(using=client(within=10))
        _write(fresh, _counted(documents, total, progress))
        _turn_to(fresh)
    except (ApiError, TransportError) as error:
        raise UnavailableError(said(error)) from error
    finally:
        IndexState.objects.update(rebuilding_since=None)
    breaker.worked()
    return total


def drop() -> None:
    """Delete the indices of this portal, as before it leaves a server; nothing else is touched."""
    indices = client(within=10).indices
    try:
        if old := list(indices.get(index=f"{alias()}-*")):
            indices.delete(index=old)
    except (ApiError, TransportError) as error:
        raise UnavailableError(said(error)) from error


def _counted(documents, total: int, progress):
    for done, document in enumerate(documents.iterator(BATCH), start=1):
        yield {"_id": document.uid, "_source": _source(document)}
        if done % BATCH == 0 or done == total:
            progress(done, total)


def _turn_to(fresh: str) -> None:
    """Point the alias at the fresh index and drop the others of this portal, in one step each."""
    indices = client(within=10).indices
    old = [name for name in indices.get(index=f"{alias()}-*") if name != fresh]
    indices.update_aliases(actions=[{"add": {"index": fresh, "alias": alias()}}, *_removals(old)])
    if old:
        indices.delete(index=old)


def _removals(old: list[str]) -> list[dict]:
    return [{"remove": {"index": name, "alias": alias(), "must_exist": False}} for name in old]


def replay(at_once: int = 500) -> int:
    """Tell Elasticsearch what the database's index was told; returns how many changes.

    Changes that it misses, because it is away or being rebuilt, stay queued for the next time.
    """
    since = IndexState.current().rebuilding_since
    if since and (timezone.now() - since).total_seconds() < REBUILD_AT_MOST:
        return 0
    done = 0
    while breaker.closed:
        changes = list(Change.objects.exclude(written_at=None)[:at_once])
        if not changes:
            break
        try:
            if not client(within=10).indices.exists_alias(name=alias()):
                break  # writing would make an index of that name: `search_index --rebuild` does
            _write(alias(), _operations({(change.kind, change.key) for change in changes}))
        except (UnavailableError, ApiError, TransportError):
            breaker.failed()
            break
        Change.objects.filter(pk__in=[change.pk for change in changes]).delete()
        done += len(changes)
    return done


def _operations(things: set[tuple[str, str]]) -> list[dict]:
    """For each thing in each language: its document as it is now, or its removal."""
    uids = {f"{kind}:{key}:{language}" for kind, key in things for language in LANGUAGES}
    there = Document.objects.filter(uid__in=uids).select_related("text")
    operations = [{"_id": document.uid, "_source": _source(document)} for document in there]
    gone = uids - {operation["_id"] for operation in operations}
    return operations + [{"_op_type": "delete", "_id": uid} for uid in sorted(gone)]


def problems() -> list[str]:
    """What is wrong with the index in Elasticsearch, a sentence each."""
    documents = Document.objects.count()
    try:
        there = client(within=10).count(index=alias())["count"]
    except (ApiError, TransportError) as error:
        return [f"Elasticsearch does not answer, the database answers searches: {said(error)}"]
    waiting = Change.objects.exclude(written_at=None).count()
    if there != documents and not waiting:
        return [f"Elasticsearch has {there} documents of {documents}: `search_index --rebuild`."]
    return [f"{waiting} changes wait for Elasticsearch."] if waiting else []
