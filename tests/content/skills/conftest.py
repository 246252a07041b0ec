"""One course in Finnish and Swedish: two lessons, a question in each, and a test of two."""

from types import SimpleNamespace

import pytest

from tests.factories.accounts import UserFactory
from tests.factories.courses import CourseFactory, heading, lesson_of, question, reflection

FIRST, SECOND, THOUGHT = (f"00000000-0000-4000-8000-0000000000{n}0" for n in (1, 2, 3))
TESTED = [f"00000000-0000-4000-8000-0000000001{n}0" for n in (1, 2)]
WORDS = {"fi": ("Kurssi", "Alku", "Loppu"), "sv": ("Kurs", "Början", "Slutet")}


@pytest.fixture
def learner(client):
    user = UserFactory()
    client.force_login(user)
    return user


@pytest.fixture
def course(db):
    """`course.fi` and `course.sv`, each with its `lessons`."""
    made = {}
    for language, (title, *lessons) in WORDS.items():
        first = made.get("fi")
        page = CourseFactory(
            language=language,
            title=title,
            slug=title.lower(),
            together=first and first.page,
            test=[question("one", "*a", "b", key=key) for key in TESTED],
        )
        bodies = [
            [
                heading("Arviointi" if language == "fi" else "Bedömning", "assessment"),
                question("one", "*Kyllä", "Ei", key=FIRST),
                reflection(THOUGHT),
            ],
            [question("number", key=SECOND, number="30")],
        ]
        pages = [
            lesson_of(page, name, body=body, together=first and first.lessons[number])
            for number, (name, body) in enumerate(zip(lessons, bodies, strict=True))
        ]
        made[language] = SimpleNamespace(page=page, lessons=pages)
    return SimpleNamespace(**made)
