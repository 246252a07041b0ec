"""However many questions there are, their pages cost the queries of a few."""

from datetime import timedelta
from itertools import cycle

import pytest
from django.utils import timezone

from content.questions.figures import figures
from content.questions.models import Question
from portal.caching.fragments import cache
from tests.factories import questions as make
from tests.factories.content import law_box
from tests.factories.law import SectionFactory
from tests.factories.partnership import OrganisationFactory
from tests.factories.places import AreaFactory
from tests.factories.questions import QuestionFactory, State, answer_page
from tests.factories.topics import AudienceFactory, TopicFactory
from tests.proofs import size
from tests.queries import queries_of, queries_of_page

pytestmark = [pytest.mark.django_db, pytest.mark.proof]
INDEX = "/en/questions/"
DESK = "/cms/legal-questions/"
FEW, MANY = 10, size(300, 10_000)


@pytest.fixture
def asker(enter):
    return enter("lawyer")


@pytest.fixture
def more(asker):
    """Make a number of questions of one asker, in every state, over a year."""
    audience, house = AudienceFactory(), OrganisationFactory()
    topics = cycle([TopicFactory() for _number in range(5)])
    areas = cycle([AreaFactory(code=f"{number:02}") for number in range(5)])
    lawyers = cycle([make.lawyer() for _number in range(4)])
    states = cycle(State)
    made = 0

    def more(number):
        nonlocal made
        now = timezone.now()
        rows = []
        for _number in range(number):
            made += 1
            state = next(states)
            moment = now - timedelta(days=made % 360)
            taken = {"answered_at": moment, "days_taken": made % 20}
            rows.append(
                QuestionFactory.build(
                    number=f"KN/2024/{made:05}",
                    state=state,
                    asker=asker,
                    audience=audience,
                    organisation=house,
                    topic=next(topics),
                    area=next(areas),
                    handler=next(lawyers),
                    checker=next(lawyers),
                    received_at=moment,
                    **(taken if state in Question.WITH_ANSWER else {}),
                )
            )
        Question.objects.bulk_create(rows)

    return more


@pytest.mark.parametrize(
    "url",
    [
        DESK,
        f"{DESK}results/",
        f"{DESK}results/?state=answered&state=closed",
        f"{DESK}results/?whose=mine&p=1",
        f"{DESK}figures/",
        f"{INDEX}mine/",
    ],
)
def test_hundreds_of_questions_cost_the_queries_of_ten(client, more, url):
    more(FEW)
    first = queries_of_page(client, url)
    more(MANY)

    assert queries_of_page(client, url) == first


def test_figures_are_two_queries_and_are_kept_for_a_minute(client, more, django_assert_num_queries):
    more(FEW)
    for _turn in range(2):
        with django_assert_num_queries(2):
            found = figures(Question.objects.all())
        more(MANY)
    assert found.answered and found.open and len(found.by_topic) == 5

    client.logout()
    client.get(INDEX)
    warm = queries_of(lambda: client.get(INDEX))
    cache.clear()
    assert warm < queries_of(lambda: client.get(INDEX)) <= warm + 2


@pytest.mark.parametrize(
    ("query", "most"),
    [("", 13), ("?page=2", 13), ("?validity=valid&section=681/2023:14&topic=early", 13)],
)
def test_the_public_list_is_a_handful_of_queries(client, query, most):
    section, topic = SectionFactory(number="14"), TopicFactory(key="early")

    def answers(number):
        for _number in range(number):
            answer_page(body=[law_box(section)], topics=[topic])

    answers(21)
    client.get(INDEX)
    first = queries_of_page(client, f"{INDEX}{query}")
    answers(20)
    client.get(INDEX)

    assert queries_of_page(client, f"{INDEX}{query}") == first <= most
