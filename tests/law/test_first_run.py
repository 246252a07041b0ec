"""`make law`, and what the desk and the metrics say of Finlex."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from law.finlex import first_run, watching
from law.finlex.client import Finlex
from law.models import IncomingAmendment, LawWatch, SectionVersion
from portal.operations import jobs
from tests.factories.accounts import UserFactory
from tests.factories.law import ActFactory
from tests.law import akoma
from tests.law.invented import amend
from tests.law.test_awaited import read

State = IncomingAmendment.State


@pytest.fixture
def demo(settings):
    settings.DEMO = True
    return UserFactory(role="lawyer", email="lawyer@example.org")


def work():
    """What the worker does with the jobs that there are."""
    while jobs.run_next():
        pass


@pytest.mark.django_db(transaction=True)
class TestInTheWorker:
    def test_in_a_try_out_the_words_come_and_are_taken_into_use_by_the_demos_lawyer(
        self, standin, demo, client, settings
    ):
        amend(standin)
        settings.FINLEX_URL = settings.FINLEX_CONTACT = ""

        first_run.begin("keeper@example.org", standin.url)
        work()

        one = IncomingAmendment.objects.get()
        assert (one.state, one.decided_by) == (State.CONFIRMED, demo)
        assert SectionVersion.objects.filter(amendment__number=9103).count() == 1
        assert "9103/2026: taken into use by the demo's lawyer, unread." in str(
            DBTaskResult.objects.get().return_value
        )
        page = read(client, "/en/law/9101-2023/2/")
        assert "taken into use by the demo's lawyer, and nobody has read them" in page
        assert {agent.split("; ")[1] for agent in standin.agents} == {"keeper@example.org)"}

    def test_elsewhere_what_was_read_waits_for_a_person(self, standin, client):
        UserFactory(role="lawyer", email="lawyer@example.org")
        amend(standin)

        first_run.begin("keeper@example.org")
        work()

        assert IncomingAmendment.objects.get().state == State.READY
        assert "demo's lawyer" not in read(client, "/en/law/9101-2023/2/")

    def test_a_decree_given_under_the_act_is_fetched_by_a_job_more(self, standin):
        text = akoma.consolidated(
            "fi", "20239101", [("1", "A", "B.")], [], given="2023-03-10", decrees=[(9104, 2024)]
        )
        standin.consolidate(9101, 2023, "20239101", fi=text)

        first_run.begin("keeper@example.org")
        work()

        assert DBTaskResult.objects.count() == 2
        assert "/akn/fi/act/statute/2024/9104/fin@" in standin.asked

    def test_the_command_tells_how_far_it_is(self, standin, demo, capsys, monkeypatch):
        amend(standin)
        monkeypatch.setattr("time.sleep", lambda seconds: work())

        call_command("fetch_law", "--in-worker", "--contact=keeper@example.org")

        told = capsys.readouterr().out
        assert "akn/fi/act/statute/2023/9101/fin@" in told
        assert "the first words are here: https://portal.example.org/" in told
        assert "done: 6 files." in told

    def test_the_command_wants_a_contact(self, settings):
        settings.FINLEX_CONTACT = ""

        with pytest.raises(CommandError, match="whom to write to"):
            call_command("fetch_law", "--in-worker")


@pytest.mark.django_db
class TestDesk:
    def test_lawyers_see_what_has_been_published_and_others_do_not(self, standin, enter, client):
        watching.visit(Finlex(100), 9101, 2023)
        amend(standin)
        watching.visit(Finlex(100), 9101, 2023)
        enter("lawyer", language="en")
        one = IncomingAmendment.objects.get()

        page = read(client, "/cms/")

        assert "9103/2026 has been published: 1 section, in force 1 January 2027" in page
        assert reverse("law_incoming:inspect", args=[one.pk]) in page
        enter("editor", language="en")
        assert "9103/2026 has been published" not in read(client, "/cms/")

    def test_three_days_without_a_good_look_stand_on_the_first_page(self, standin, enter, client):
        ActFactory(number=9101)
        ago = timezone.now() - timedelta(days=4)
        LawWatch.objects.create(
            number=9101, year=2023, tried_at=ago, looked_at=ago, problem="answer 500"
        )
        enter("lawyer", language="en")

        page = read(client, "/cms/")

        assert "9101/2023 was last compared with Finlex on" in page
        assert "answer 500" in page

    def test_an_empty_try_out_says_make_law_on_the_desk_and_on_the_section(
        self, settings, enter, client, the_act
    ):
        said = "Give the command <code>make law</code>"
        enter("lawyer", language="en")
        assert said not in read(client, "/cms/")
        assert said not in read(client, "/en/law/681-2023/14/")

        settings.DEMO = True

        assert said in read(client, "/cms/")
        assert said in read(client, "/en/law/681-2023/15/")

    def test_the_metrics_say_how_long_ago_an_act_was_compared(self, standin, client, settings):
        settings.METRICS_TOKEN = "token"
        ago = timezone.now() - timedelta(days=4)
        LawWatch.objects.create(number=9101, year=2023, looked_at=ago)

        answer = client.get("/metrics", headers={"authorization": "Bearer token"})

        [line] = [
            line
            for line in answer.content.decode().splitlines()
            if line.startswith("portal_law_seconds_since_compared{")
        ]
        assert 'act="9101/2023"' in line
        assert float(line.split()[-1]) == pytest.approx(4 * 24 * 3600, abs=60)
