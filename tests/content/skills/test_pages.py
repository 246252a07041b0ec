"""The place to learn and courses: what they cost, offer and rest on, whose they are."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser

from content.pages.learning import Card, Offered, learning_of
from content.skills.models import Answer, CoursePage, Enrolment, LessonProgress, Reflection
from law.references import backlinks_to
from portal import personal
from portal.resources import ResourceType
from tests.factories.accounts import UserFactory
from tests.factories.content import law_box
from tests.factories.courses import CourseFactory, lesson_of, question, reflection
from tests.factories.law import SectionFactory
from tests.factories.topics import AudienceFactory
from tests.queries import queries_of, queries_of_page

pytestmark = pytest.mark.django_db


def test_the_place_to_learn_lists_courses_by_role_and_what_is_offered(client, later_room):
    offered = Offered("Materials", 10, lambda language: [Card("A guide", "/en/guide/")])
    later_room(ResourceType("later", can=(offered,)))
    role = AudienceFactory(name_en="Coordinators")
    course = CourseFactory(title="For coordinators", audiences=[role])
    CourseFactory(title="For all")
    lesson_of(course, "One", minutes=4)
    lesson_of(course, "Two", minutes=5)

    page = client.get("/en/skills/").content.decode()
    assert "For all" in page
    assert "2 lessons, 9 min" in page
    assert "A guide" in page

    path = client.get(f"/en/skills/?audience={role.key}").content.decode()
    assert "For coordinators" in path
    assert "For all" not in path


def test_what_the_list_and_a_course_cost_does_not_grow(client):
    course = CourseFactory(title="First")
    lesson_of(course, "One")
    few = [queries_of_page(client, path) for path in ("/en/skills/", course.url_path)]

    for number in range(15):
        lesson_of(CourseFactory(), f"Lesson {number}")
        lesson_of(course, f"More {number}")

    assert [queries_of_page(client, path) for path in ("/en/skills/", course.url_path)] == few


def test_my_courses_cost_the_same_however_many_they_are(client):
    user = UserFactory()

    def mine():
        [(_learning, cards)] = learning_of(user, "en")
        return cards

    def begun():
        course = CourseFactory()
        enrolment = Enrolment.objects.create(user=user, course=course.translation_key)
        LessonProgress.objects.create(enrolment=enrolment, lesson=uuid4())

    begun()
    few = queries_of(mine)
    for _number in range(6):
        begun()
    assert queries_of(mine) == few
    assert len(mine()) == 7


def test_a_question_rests_on_its_section_and_a_lesson_on_its_own(db):
    section = SectionFactory()
    course = CourseFactory(title="Tested", test=[question("one", "*a", "b", section=section.pk)])
    lesson_of(course, "Read", body=[law_box(section)])

    found = backlinks_to([section], AnonymousUser(), "en")[section.pk]

    assert {(item.kind, item.title) for _referrer, item in found} == {
        ("course", "Tested"),
        ("lesson", "Read"),
    }


def test_what_was_learned_is_given_out_and_goes_with_the_account():
    user = UserFactory()
    enrolment = Enrolment.objects.create(user=user, course=uuid4())
    Answer.objects.create(enrolment=enrolment, question=uuid4(), number=1, given=["a"], right=True)
    Reflection.objects.create(enrolment=enrolment, reflection=uuid4(), text="Only mine.")
    person = personal.Person(user, (user.email,))

    assert "Only mine." in str(personal.export(person))
    personal.erase(person)

    assert not Enrolment.objects.exists()
    assert not Answer.objects.exists()
    assert not Reflection.objects.exists()


def test_a_draft_is_neither_listed_nor_open(client):
    draft = CourseFactory(title="Not yet", live=False)
    assert "Not yet" not in client.get("/en/skills/").content.decode()
    assert client.get(draft.url_path).status_code == 404
    assert CoursePage.objects.get().live is False


def test_a_draft_is_previewed_and_an_earlier_version_read(client):
    course = CourseFactory(test=[question("one", "*a", "b")])
    lesson = lesson_of(course, body=[question("order", "a", "b"), reflection(str(uuid4()))])

    for page in (course, lesson):
        assert page.make_preview_request().status_code == 200
        assert client.get(page.history_url).status_code == 200
        assert client.get(page.version_url).status_code == 200
    assert "How is it with you?" in client.get(lesson.version_url).content.decode()
