"""What may not be seen shows in no way: each demo account, words that only hidden things have.

Six ways: what is found, its snippets, its counts, its facets, suggestions and corrections; also
the search in the API, and what editors pin or say.
"""

import random

import pytest
from django.contrib.auth.models import AnonymousUser, Group

from portal.accounts.models import User
from portal.accounts.starter import ACCOUNTS
from portal.search_api import SIGNED_IN, STAFF, Entry
from portal.topics.models import Topic
from search import index, spelling
from search.models import Document, audiences_of
from search.queries import instead, reader, search
from search.question import Question
from search.suggestions import suggestions
from tests.factories.topics import TopicFactory
from tests.proofs import size

pytestmark = pytest.mark.django_db
SYLLABLES = [f"{one}{two}" for one in "bdfgklmnprstv" for two in "aeiou"]
AUDIENCES = (
    {STAFF},
    {SIGNED_IN},
    {"role:editor"},
    {"role:lawyer", "role:statistician"},
    {"organisation:999999"},
    {"organisation:7", "role:programme"},
)
SHARED = "yhteinen"  # what every text has, hidden or not


def words(count: int) -> list[str]:
    """Words that no language has, no two of which a slip or two makes the same."""
    chosen = random.Random(17)
    made = {"".join(chosen.sample(SYLLABLES, 6)) for _number in range(count)}
    return sorted(made)


@pytest.fixture
def accounts(db):
    """The demo accounts with their roles, and a reader without one."""
    people: list = [AnonymousUser()]
    for key, role, _name in ACCOUNTS[:: size(4, 1)]:
        user = User.objects.create(email=f"{key}@example.org", is_superuser=key == "superuser")
        if role:
            user.groups.add(Group.objects.get_or_create(name=role)[0])
        people.append(user)
    return people


@pytest.fixture
def hidden(reindexed):
    """Documents that have a word of their own each, by the word: who may find them differs."""
    topic, public = TopicFactory(), TopicFactory()
    of = {}
    entries = [
        Entry(
            kind="guidance",
            key="8000000",
            language="fi",
            title="Julkinen",
            path="/fi/julkinen/",
            body=SHARED,
            topics=[public.key],
        )
    ]
    for number, word in enumerate(words(size(6, 500))):
        audiences = frozenset(AUDIENCES[number % len(AUDIENCES)])
        entry = Entry(
            kind="guidance",
            key=str(8_000_001 + number),
            language="fi",
            title=f"{word.capitalize()} salassa",
            path=f"/fi/{word}/",
            body=f"{SHARED} {word}",
            topics=[topic.key],
            audiences=audiences,
        )
        entries.append(entry)
        of[word] = entry.uid
    heard: dict = {}
    index.write(entries, heard)
    spelling.keep(heard)
    reindexed()
    return of


def seen_by(user) -> set[str]:
    return set(Document.objects.visible_to(user).values_list("uid", flat=True))


@pytest.mark.proof
def test_hidden_words_show_in_no_way(accounts, hidden, client):
    shown = []
    for user in accounts:
        filters = reader(user)
        seen = seen_by(user)
        everything = search(Question(SHARED), filters, "fi")
        visible = sum(uid in seen for uid in hidden.values())
        assert everything.total == 1 + visible  # counts
        assert everything.facets["kind"] == {"guidance": 1 + visible}  # facets
        assert len(everything.facets["topic"]) == (2 if visible else 1)
        for word, uid in hidden.items():
            if uid in seen:
                continue
            for text in (word, f"{SHARED} {word[:-1]}", word[:-1]):
                found = search(Question(text), filters, "fi")
                told = [found.respelt, *(f"{one.title}{one.snippet}" for one in found.results)]
                told += [one.url for one in found.results]
                if not found.total:
                    told += instead(Question(text), filters, "fi").spelt
                if text in (word, word[:-1]) and found.total:
                    shown.append((user, text, "count"))
                if any(word in one.lower() and word != text for one in told):
                    shown.append((user, text, told))
            for typed in (word[:5], f"{word[1]}{word[0]}{word[2:6]}"):
                if any(word in one.title.lower() for one in suggestions(typed, "fi", user)):
                    shown.append((user, typed, "suggestion"))
    assert shown == []


def test_who_may_see_a_hidden_word_finds_it(accounts, hidden):
    """Else the proof would hold of an empty index."""
    found = {
        word
        for user in accounts
        for word, uid in hidden.items()
        if uid in seen_by(user) and search(Question(word), reader(user), "fi").total == 1
    }

    assert len(found) >= 2


def test_the_api_tells_nobody(hidden, client, admin_user):
    client.force_login(admin_user)

    for word in hidden:
        assert client.get("/api/v1/search", {"q": word}).json()["meta"]["total"] == 0


def test_a_reader_of_many_audiences_asks_the_same_questions(django_user_model, hidden):
    """Sets of audiences are kept on the documents: no query names documents one by one."""
    user = django_user_model.objects.create(email="many@example.org")
    for number in range(40):
        user.groups.add(Group.objects.create(name=f"group {number}"))

    assert len(audiences_of(user)) <= 1 + len(AUDIENCES)
    assert Topic.objects.exists()
