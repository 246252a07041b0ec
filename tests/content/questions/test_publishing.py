"""What an answer says to everyone: who may publish it, and what is looked for in it each time."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from content.editorial import reviews
from content.questions.models import AnswerPage, QuestionIndexPage
from law import references
from tests.factories import questions as make
from tests.factories.questions import answer_page

pytestmark = pytest.mark.django_db
PHONE = "040 123 4567"
CODE = "131052-308T"


def edit(client, page, **fields):
    data = {
        "title": page.title,
        "slug": page.slug,
        "summary": page.summary,
        "asked": page.asked,
        "keeper": "lawyer",
        "body": streamfield([("text", rich_text("<p>Words.</p>"))]),
        "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
        "change_kind": "substantive",
        "change_note": "What changed.",
        "action-publish": "1",
    }
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(address, nested_form_data(data | fields))


@pytest.mark.parametrize("field", ["title", "slug", "summary", "asked", "change_note", "body"])
def test_what_is_personal_is_not_published_in_the_editor_either(client, enter, field):
    enter("lawyer")
    page = answer_page()
    words = f"Call {PHONE} now"
    new = streamfield([("text", rich_text(f"<p>{words}</p>"))]) if field == "body" else words
    new = "call-0401234567-now" if field == "slug" else new

    response = edit(client, page, **{field: new})

    assert response.status_code == 200
    assert "This may tell who a person is" in response.content.decode()
    page.refresh_from_db()
    assert "1234567" not in f"{page.title}{page.slug}{page.summary}{page.asked}".replace(" ", "")
    assert edit(client, page, **{field: new}, not_personal="on").status_code == 302


def test_what_readers_can_see_already_is_not_asked_about_again(client, enter):
    enter("lawyer")
    page = answer_page(asked=f"The switchboard answers at {PHONE}.")

    assert edit(client, page, summary=f"Who answers at {PHONE}?").status_code == 302
    assert edit(client, page, summary=f"Who is {CODE}?").status_code == 200


def test_what_has_been_taken_away_from_a_draft_is_not_asked_about(client, enter):
    enter("lawyer")
    page = answer_page()
    page.seo_title = f"Call {PHONE}"
    page.save_revision()

    assert edit(client, page, seo_title="").status_code == 302


def test_a_draft_can_be_saved_with_anything(client, enter):
    enter("editor")
    page = answer_page()

    response = edit(client, page, summary=f"Call {PHONE}", **{"action-publish": ""})

    assert response.status_code == 302


def test_what_is_personal_is_not_scheduled_for_publishing_either(client, enter):
    enter("lawyer")
    page = answer_page(live=False)
    later = timezone.now() + timedelta(days=1)
    day = {"go_live_at": later.strftime("%Y-%m-%d %H:%M"), "asked": f"Call {PHONE} now"}

    refused = edit(client, page, **day)

    assert refused.status_code == 200
    assert "This may tell who a person is" in refused.content.decode()
    assert AnswerPage.objects.get(pk=page.pk).scheduled_revision is None
    assert edit(client, page, **day, not_personal="on").status_code == 302
    assert AnswerPage.objects.get(pk=page.pk).scheduled_revision is None  # waits for another
    enter("lawyer")
    assert edit(client, page, **day, not_personal="on").status_code == 302
    assert AnswerPage.objects.get(pk=page.pk).scheduled_revision is not None


def test_a_draft_with_a_day_of_publishing_does_not_publish_itself(client, enter):
    enter("editor")
    page = answer_page()
    later = timezone.now() + timedelta(days=1)
    day = {"go_live_at": later.strftime("%Y-%m-%d %H:%M"), "asked": f"Call {PHONE} now"}

    assert edit(client, page, **day, **{"action-publish": ""}).status_code == 302

    with time_machine.travel(later + timedelta(hours=1)):
        call_command("publish_scheduled")
    page.refresh_from_db()
    assert PHONE not in page.asked


@pytest.mark.parametrize(("words", "scheduled"), [("Whose task is it?", True), (PHONE, False)])
def test_drafts_with_a_day_of_publishing_are_looked_through_together_too(
    client, enter, words, scheduled
):
    enter("lawyer")
    page = answer_page(live=False)
    page.asked, page.go_live_at = words, timezone.now() + timedelta(days=1)
    page.change_kind, page.change_note = "substantive", "New words."
    page.save_revision()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    client.post(f"{address}?id={page.pk}&next=/cms/")

    page = AnswerPage.objects.get(pk=page.pk)
    assert not page.live
    assert (page.scheduled_revision is not None) == scheduled


def test_the_lawyers_alone_publish_answers_and_confirm_them(client, enter):
    editor = enter("editor")
    page = answer_page()

    edit(client, page, asked="In other words.")

    page.refresh_from_db()
    assert page.asked != "In other words."
    assert not page.permissions_for_user(editor).can_publish()
    assert page.permissions_for_user(editor).can_unpublish()
    assert not reviews.may_confirm(editor, [page])
    kind = references.referrers()["answer"]
    for user, may in ((editor, False), (make.lawyer(), True)):
        assert kind.describe([str(page.pk)], user, "en")[str(page.pk)].may_confirm is may


@pytest.mark.parametrize("role", ["editor", "lawyer"])
def test_no_answer_begins_in_the_page_tree(client, enter, role):
    enter(role)
    index = QuestionIndexPage.objects.get(locale__language_code="en")
    page = answer_page()

    address = reverse("wagtailadmin_pages:add", args=["questions", "answerpage", index.pk])
    client.get(address)
    client.post(
        reverse("wagtailadmin_pages:copy", args=[page.pk]),
        {"new_title": "Copied", "new_slug": "copied", "new_parent_page": index.pk},
    )

    assert client.get(address).status_code in (302, 403)
    assert list(AnswerPage.objects.values_list("pk", flat=True)) == [page.pk]


@pytest.mark.parametrize(
    ("role", "words", "held"),
    [("editor", "Fine.", True), ("lawyer", f"Call {PHONE}", True), ("lawyer", "Fine.", False)],
)
def test_many_at_once_are_held_to_the_same(client, enter, role, words, held):
    enter(role)
    page = answer_page()
    page.asked, page.change_kind, page.change_note = words, "substantive", "New words."
    page.save_revision()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    client.post(f"{address}?id={page.pk}&next=/cms/")

    page.refresh_from_db()
    assert (page.asked != words) is held


@pytest.mark.parametrize(("words", "kind"), [(PHONE, "minor"), ("Fine.", "")])
def test_who_is_held_back_is_never_led_to_another_site(client, enter, words, kind):
    enter("lawyer")
    page = answer_page()
    page.asked, page.change_kind = words, kind
    page.save_revision()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    response = client.post(f"{address}?id={page.pk}&next=https://elsewhere.example.org/")

    assert response["Location"] == reverse("wagtailadmin_explore_root")


def test_a_translation_is_looked_through_before_it_is_published(
    client, enter, django_capture_on_commit_callbacks
):
    enter("lawyer")
    page = answer_page()
    source, _made = TranslationSource.update_or_create_from_instance(page)
    finnish = Locale.objects.get(language_code="fi")
    translation = Translation.objects.create(source=source, target_locale=finnish)
    segment = source.stringsegment_set.get(context__path="asked")
    translated = StringTranslation.objects.create(
        translation_of=segment.string,
        locale=finnish,
        context=segment.context,
        data=f"Soittakaa {PHONE}.",
    )
    translation.save_target(publish=False)
    target = AnswerPage.objects.get(locale=finnish)
    address = reverse("wagtailadmin_pages:edit", args=[target.pk])

    asked = client.post(address, {"action": "publish"})

    target.refresh_from_db()
    assert PHONE in asked.content.decode() and not target.live
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"action": "publish", "not_personal": "1", "change_note": "New."})
    target = AnswerPage.objects.get(pk=target.pk)
    assert target.live and target.asked == translated.data


def test_an_answer_is_replaced_by_one_that_is_published(client, enter):
    enter("lawyer")
    page, draft = answer_page(), answer_page(live=False)

    response = edit(client, page, replaced_by=draft.pk)

    assert response.status_code == 200
    assert "Publish the later answer first." in response.content.decode()
    assert edit(client, page, replaced_by=answer_page().pk).status_code == 302
