"""What the public reads of an answer has been read by a second lawyer first."""

import pytest
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from content.questions import errors
from content.questions.models import AnswerPage
from content.questions.permissions import may_check
from content.questions.second_lawyer import writers_of
from content.questions.services import publishing
from portal.accounts.models import User
from tests.factories import questions as make
from tests.factories.accounts import UserFactory
from tests.factories.questions import answer_page

from .test_publishing import edit

pytestmark = pytest.mark.django_db


def asked_on(page):
    return AnswerPage.objects.get(pk=page.pk).asked


def test_the_words_for_everyone_are_published_by_another_than_who_wrote_them():
    question = make.prepared()

    with pytest.raises(errors.SameLawyer):
        publishing.publish(question, by=question.preparation.by)

    publishing.publish(question, by=make.lawyer())
    assert AnswerPage.objects.get().live


def test_a_later_substantive_change_waits_for_a_lawyer_who_did_not_write_it(client, enter):
    page = answer_page(asked="As it was.")
    first = enter("lawyer")

    answer = edit(client, page, asked="As it is now.")

    assert "waits for a second lawyer" in client.get(answer.url).content.decode()
    assert asked_on(page) == "As it was."
    assert writers_of(AnswerPage.objects.get(pk=page.pk)) == {first.pk}

    enter("lawyer")
    edit(client, page, asked="As it is now.")
    assert asked_on(page) == "As it is now."


def test_the_second_lawyer_who_writes_too_waits_for_another(client, enter):
    page = answer_page(asked="As it was.")
    enter("lawyer")
    edit(client, page, asked="As it is now.")
    enter("lawyer")
    edit(client, page, asked="In other words still.")
    assert asked_on(page) == "As it was."


def test_a_spelling_mistake_needs_no_second_lawyer(client, enter):
    page = answer_page(asked="As it wsa.")
    enter("lawyer")

    edit(client, page, asked="As it was.", change_kind="minor", change_note="")

    assert asked_on(page) == "As it was."


def test_many_at_once_wait_for_another_too(client, enter):
    page = answer_page(asked="As it was.")
    writer = enter("lawyer")
    page.asked, page.change_kind, page.change_note = "As it is.", "substantive", "New words."
    page.save_revision(user=writer)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    client.post(f"{address}?id={page.pk}&next=/cms/")
    assert asked_on(page) == "As it was."

    enter("lawyer")
    client.post(f"{address}?id={page.pk}&next=/cms/")
    assert asked_on(page) == "As it is."


def test_a_superuser_is_no_lawyer(client):
    superuser = User.objects.create_superuser("root@example.org", "a long enough password")
    page = answer_page(asked="As it was.")
    question = make.drafted()

    assert not page.permissions_for_user(superuser).can_publish()
    assert not may_check(superuser, question)

    superuser.groups.set(make.lawyer().groups.all())
    lawyer = User.objects.get(pk=superuser.pk)
    assert page.permissions_for_user(lawyer).can_publish()
    assert may_check(lawyer, question)


def test_a_translation_is_published_by_another_than_who_translated_it(
    client, enter, django_capture_on_commit_callbacks
):
    translator = enter("lawyer")
    page = answer_page()
    source, _made = TranslationSource.update_or_create_from_instance(page)
    finnish = Locale.objects.get(language_code="fi")
    translation = Translation.objects.create(source=source, target_locale=finnish)
    segment = source.stringsegment_set.get(context__path="asked")
    StringTranslation.objects.create(
        translation_of=segment.string,
        locale=finnish,
        context=segment.context,
        data="Mitä kysyttiin.",
        last_translated_by=translator,
    )
    translation.save_target(publish=False)
    target = AnswerPage.objects.get(locale=finnish)
    address = reverse("wagtailadmin_pages:edit", args=[target.pk])
    posted = {"action": "publish", "not_personal": "1", "change_note": "New."}

    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, posted)
    assert not AnswerPage.objects.get(pk=target.pk).live

    enter("lawyer")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, posted)
    assert AnswerPage.objects.get(pk=target.pk).asked == "Mitä kysyttiin."


def test_no_translation_is_published_from_the_page_of_its_original(client, enter):
    enter("lawyer")
    page = answer_page()
    source, _made = TranslationSource.update_or_create_from_instance(page)
    finnish = Locale.objects.get(language_code="fi")
    Translation.objects.create(source=source, target_locale=finnish).save_target(publish=False)
    address = reverse("wagtail_localize:update_translations", args=[source.pk])

    answer = client.post(address, {"publish_translations": "on"})

    assert "publish_translations" in answer.context["form"].errors
    assert not AnswerPage.objects.get(locale=finnish).live
    assert client.post(address).status_code == 302


def test_a_superuser_takes_no_question_and_reads_the_work_on_it(client, enter):
    question = make.triaged()
    enter(is_superuser=True)
    address = reverse("legal_questions:inspect", args=[question.pk])

    shown = client.get(address).context
    assert not shown["possible"] and shown["history"]
    client.post(address, {"move": "claim"})
    question.refresh_from_db()
    assert question.handler is None

    enter("lawyer")
    client.post(address, {"move": "claim"})
    question.refresh_from_db()
    assert question.handler is not None


def test_saving_what_another_wrote_is_no_writing():
    page = answer_page()
    writer, other = UserFactory(role="lawyer"), UserFactory(role="lawyer")
    page.asked = "New."
    page.save_revision(user=writer)
    page.save_revision(user=other)

    assert writers_of(AnswerPage.objects.get(pk=page.pk)) == {writer.pk}
