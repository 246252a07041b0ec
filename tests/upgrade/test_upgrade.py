"""A portal of the commit in from.txt, migrated with the present code: nothing is lost of it."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.apps import apps
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Min
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry, Page, PageLogEntry, ReferenceIndex, Revision

from law.models import ImpactReview
from law.references import Referrer
from partnership.commitments.models import Commitment, Report
from portal.accounts.models import User
from portal.caching.models import CacheVersion
from portal.linguistics import word_lists
from portal.mail.models import Letter
from portal.notifications.following import followables, verbs
from portal.notifications.models import Event, Follow
from portal.operations.models import PendingStep, ScheduledRun
from portal.operations.starter import leave_to_worker
from portal.resources import having
from portal.scheduling import schedule
from search import index
from search.documents import kinds
from search.models import Document
from tests.access import test_matrix as matrix
from tests.factories.content import home, publish
from tests.journeys.conftest import the_worker_takes_a_turn

pytestmark = [
    pytest.mark.upgrade,
    pytest.mark.timeout(1200),
    pytest.mark.usefixtures("upgraded", "db"),
]
OF_THE_CODE = {  # what the migrations make of these is compared with a fresh portal
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
    "django_migrations",
    "wagtailcore_grouppagepermission",
    CacheVersion._meta.db_table,  # a row for each time that what is on show has changed
}
BROUGHT = {  # by migrations since: indexes of reports and skills, the roles of translators
    "auth_group": 2,
    "wagtailcore_page": 6,
}


def says(*command: str) -> str:
    out = StringIO()
    try:
        call_command(*command, stdout=out, stderr=out)
    except CommandError as error:
        raise AssertionError(out.getvalue()) from error
    return out.getvalue()


def logs():
    return [*ModelLogEntry.objects.all(), *PageLogEntry.objects.all()]


@pytest.fixture
def superuser(client, upgraded):
    client.force_login(User.objects.get(pk=upgraded.filled["people"]["superuser"]))
    return client


def test_every_table_has_its_rows(upgraded):
    kept = {
        present: number + BROUGHT.get(present, 0)
        for table, number in upgraded.before.items()
        if (present := upgraded.renamed.get(table, table)) not in OF_THE_CODE
    }

    assert {table: upgraded.after.get(table) for table in kept} == kept
    assert sum(kept.values()) > 10_000


def test_tables_and_columns_are_those_of_a_fresh_portal(upgraded):
    columns = upgraded.made["columns"]

    assert columns == upgraded.fresh["columns"]


@pytest.mark.parametrize("what", ["content types", "permissions", "roles", "pages", "collections"])
def test_rights_are_those_of_a_fresh_portal(upgraded, what):
    rights = upgraded.made["rights"][what]

    assert rights and rights == upgraded.fresh["rights"][what]


def test_the_checks_of_django_pass_and_no_migration_is_left():
    call_command("check")
    call_command("migrate", check_unapplied=True, verbosity=0)


@pytest.mark.parametrize(
    "line",
    matrix.LINES,
    ids=lambda line: f"{line.get('method', 'GET')} {line['name']}",
)
def test_the_same_people_may_open_the_same_addresses(line, upgraded, client):
    """With the rows, the people and the signed links of the commit."""
    people = User.objects.in_bulk(upgraded.filled["people"].values())
    try:
        matrix.filled(line["path"], upgraded.filled["world"])
        matrix.filled(line.get("data", {}), upgraded.filled["world"])
    except KeyError as missing:
        pytest.skip(f"the commit has no {missing}")
    differences = []
    for role in matrix.ROLES:
        client.logout()
        if role != "anonymous":
            client.force_login(people[upgraded.filled["people"][role]])
        given = matrix.given(matrix.send(client, line, upgraded.filled["world"]))
        if given != matrix.expected(line, role):
            differences.append((role, given, "expected", matrix.expected(line, role)))
    assert not differences, "\n".join(map(str, differences))


def test_the_search_index_is_as_it_should_be(monkeypatch):
    monkeypatch.setattr(word_lists, "missing", lambda languages: [])
    says("search_index")
    first = index.problems()[:1]  # none, or that texts are analysed in another way since
    assert not first or "run `manage.py search_index --rebuild`" in first[0]

    says("search_index", "--rebuild")
    assert "as it should be" in says("search_index", "--check")


def test_reviews_and_their_log_name_kinds_that_there_are(upgraded):
    kinds = set(having(Referrer))
    reviews = ImpactReview.objects
    log = ModelLogEntry.objects.filter(action__startswith="law.", data__has_key="kind")

    assert {"guidance", "indicator", "term"} <= set(reviews.values_list("kind", flat=True)) <= kinds
    assert {"guidance", "indicator", "term"} <= {entry.data["kind"] for entry in log} <= kinds
    states = set(reviews.values_list("state", flat=True))
    assert {"open", "confirmed"} <= states <= set(ImpactReview.State.values)


def test_what_is_stored_by_name_has_a_meaning(upgraded):
    """Keys of kinds, verbs and templates, names of the schedule, and every choice of a field."""
    events = Event.objects.values_list("thing_kind", "kind")
    follows = Follow.objects.values_list("kind", flat=True)
    documents = Document.objects.values_list("kind", flat=True)
    assert len(set(events)) == 8 and set(events) <= verbs().keys()
    assert len(set(follows)) == 4 and set(follows) <= followables().keys()
    assert len(set(documents)) > 5 and set(documents) <= kinds().keys()
    for template in set(Letter.objects.values_list("template", flat=True)):
        assert get_template(f"letters/{template}.txt")
    ran = set(ScheduledRun.objects.values_list("name", flat=True))
    assert ran and ran <= {entry.name for entry in schedule()}
    for model in apps.get_models():
        if model._meta.db_table in upgraded.after:
            assert dict(outside_their_choices(model)) == {}, model


def outside_their_choices(model):
    """The fields of a model that hold what is not among their choices, with those values."""
    for field in model._meta.concrete_fields:
        if choices := dict(field.flatchoices):
            stored = set(model._base_manager.order_by().values_list(field.name, flat=True))
            if unknown := stored - choices.keys() - {None, ""}:
                yield field.name, unknown


def test_steps_that_were_left_to_the_worker_are_those_of_the_present_code(upgraded):
    leave_to_worker()

    for step in PendingStep.objects.all():
        assert callable(import_string(step.function))


def test_every_line_of_the_logs_is_told_in_words():
    for entry in logs():
        assert registry.action_exists(entry.action), entry.action
        assert registry.get_formatter(entry).format_message(entry)
        assert entry.content_type.model_class(), entry.content_type


def test_what_happened_before_is_told_after(upgraded, client):
    """The worker passes on what waits: each letter goes out, and the follower hears of the law."""
    the_worker_takes_a_turn()

    letters = Letter.objects
    assert not letters.filter(sent_at=None, not_before__lte=timezone.now()).exists()
    told = [letter for letter in mail.outbox if letter.to == [upgraded.filled["follower"]]]
    assert any("150/2027" in letter.body for letter in told)
    assert not Event.objects.filter(spread_at=None).exists()


def test_followers_are_told_of_what_happens_after(upgraded):
    the_worker_takes_a_turn()
    mail.outbox.clear()
    page = Page.objects.get(pk=upgraded.filled["page"]).specific

    publish(page, note="Changed after it.")
    the_worker_takes_a_turn()

    [letter] = [each for each in mail.outbox if each.to == [upgraded.filled["follower"]]]
    assert "Changed after it." in letter.body


def test_what_is_under_review_is_settled_after(upgraded, superuser):
    """The list of the amendment says what was confirmed before it, and takes the next one."""
    address = reverse("law_changes:change", args=[upgraded.filled["effect"]])
    html = superuser.get(f"{address}?owner=all&state=done").content.decode()
    assert "Read before the upgrade." in html
    reviews = ImpactReview.objects
    open_one = reviews.filter(state="open", kind="indicator").latest("pk")
    address = reverse("law_changes:change", args=[open_one.effect_id])

    superuser.post(address, {"kind": "indicator", "thing": open_one.thing, "note": "After it."})

    assert reviews.get(pk=open_one.pk).state == "confirmed"
    assert "After it." in superuser.get(f"{address}?owner=all&state=done").content.decode()


def test_the_draft_of_a_question_is_in_its_form(upgraded, client):
    client.force_login(User.objects.get(pk=upgraded.filled["people"]["member"]))

    assert "Typed before the upgrade" in client.get("/en/questions/ask/").content.decode()


def test_a_letter_of_before_still_takes_a_report(upgraded, client):
    """Of a commitment that keeps what was told of it before."""
    commitment = Commitment.objects.get(pk=upgraded.filled["commitment"])
    address = reverse("commitments:tell", kwargs={"key": upgraded.filled["ask"]})

    opened = client.get(address).context["form"].initial["opened"]
    told = {"progress": "done", "sentence": "Told after the upgrade.", "opened": opened}
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        client.post(address, told)

    html = client.get(commitment.get_absolute_url()).content.decode()
    assert "Told after the upgrade." in html
    told = Report.objects.filter(share__commitment=commitment)
    assert "Twelve people have begun." in told.values_list("sentence", flat=True)
    states = set(Commitment.objects.values_list("state", flat=True))
    assert {"draft", "submitted", "returned", "published", "completed", "archived"} <= states


def test_a_page_of_each_kind_opens_in_each_language(client):
    pages = Page.objects.live().public().filter(depth__gt=1)
    first = pages.values("content_type", "locale").annotate(first=Min("pk")).values("first")

    opened = {
        page.url_path: client.get(page.url_path).status_code for page in pages.filter(pk__in=first)
    }
    assert len(opened) > 25 and set(opened.values()) == {200}, opened


def test_what_pages_refer_to_is_indexed_as_they_say_it(upgraded):
    """What rests on a section is found by Wagtail's index of references."""
    index = ReferenceIndex.objects.filter(object_id=str(upgraded.filled["page"]))
    there = set(index.values_list("to_object_id", "model_path", "content_path"))

    ReferenceIndex.create_or_update_for_object(
        Page.objects.get(pk=upgraded.filled["page"]).specific
    )

    assert there and set(index.values_list("to_object_id", "model_path", "content_path")) == there


def test_the_history_of_a_page_is_readable(upgraded, client):
    page = Page.objects.get(pk=upgraded.filled["page"]).specific

    response = client.get(page.history_url)
    html = response.content.decode()
    assert response.status_code == 200
    assert "The time is three weeks." in html and "before the upgrade" in html
    assert client.get(f"{page.history_url}1/").status_code == 200
    assert client.get(f"{page.history_url}?from=1&to=2").status_code == 200
    assert "law-banner" in client.get(page.url_path).content.decode(), "it is under review"


def test_the_drafts_in_work_open_as_they_were_left(upgraded, superuser):
    for name, title in (("page", "Assessment, in work"), ("draft", "A draft alone")):
        pk = upgraded.filled[name]
        html = superuser.get(reverse("wagtailadmin_pages:edit", args=[pk])).content.decode()
        assert title in html
    assert (
        "Words of a draft."
        in superuser.get(
            reverse("wagtailadmin_pages:view_draft", args=[upgraded.filled["page"]])
        ).content.decode()
    )
    for revision in Revision.objects.all():
        assert revision.as_object(), revision


def test_what_waits_for_its_time_is_published_then(upgraded, client):
    page = Page.objects.get(pk=upgraded.filled["scheduled"])
    assert client.get(page.url_path).status_code == 404

    with time_machine.travel(timezone.now() + timedelta(days=2)):
        call_command("publish_scheduled")
        assert client.get(page.url_path).status_code == 200


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_tasks_of_the_home_page_lead_somewhere(language, client):
    tasks = client.get(f"/{language}/").context["tasks"]

    assert len(tasks) == len(home(language).tasks) >= 6
    for task in tasks:
        assert client.get(task.url).status_code == 200


def test_the_lists_of_cms_show_what_was_there(upgraded, superuser):
    for address, words in (
        ("/cms/reports/site-history/", "Assessment after the upgrade"),
        (f"/cms/pages/{upgraded.filled['page']}/history/", "Assessment, in work"),
        ("/cms/legal-questions/", "An answer is written"),
        ("/cms/memberships/", "Esimerkkijärjestö"),
        ("/cms/letters/", "a-plain-letter@example.org"),
        ("/cms/law-changes/?owner=all", "150/2027"),
        (f"/cms/feedback/{upgraded.filled['feedback']}/", "Still open after the upgrade."),
    ):
        response = superuser.get(address)
        assert response.status_code == 200, address
        assert words in response.content.decode(), address


def test_the_database_is_whole():
    connection.check_constraints()
