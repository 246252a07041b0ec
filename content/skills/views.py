"""What learners do: begin a course, answer, be done with a lesson, take the final test.

Reading is the pages' own work (models.pages). Everything here is a form that works without
scripts and leads back to where the learner was.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from content.pages.models.base import BasePage
from content.pages.models.place import place_of

from .models import CoursePage, LessonPage, TestTry
from .models.pages import address_of, found_question
from .models.standing import enrolment_of
from .questions import read
from .services import learning, testing

Kind = TypeVar("Kind", bound=BasePage)
COURSE, LESSON = 3, 4  # words of the addresses of courses and lessons
LONGEST = 5000  # characters of a reflection


def by_learner(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For whoever has signed in; the others sign in and come back to the page with the form."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            page = request.path_info.rstrip("/").rpartition("/")[0]
            return redirect_to_login(f"{page}/")
        return view(request, *args, **kwargs)

    return asked


def found(request: HttpRequest, model: type[Kind], depth: int) -> Kind:
    """The published page whose address is the first words of this one; 404 when there is none."""
    url_path = "/".join(request.path_info.split("/")[: depth + 1]) + "/"
    pages = model.objects.visible_to(request.user).select_related("locale")
    page = pages.filter(url_path=url_path).first()
    if page is None:
        raise Http404
    return page


def number_in(request: HttpRequest) -> int:
    """The number that the form carries, 1 when it is none."""
    text = request.POST.get("number", "")
    return int(text) if text.isdecimal() and len(text) < 6 else 1


@require_POST
@by_learner
def begin(request: HttpRequest, course: str) -> HttpResponse:
    """Begin a course, and open its first lesson."""
    page = found(request, CoursePage, COURSE)
    learning.enrol(request.user, page)
    return redirect(page.lessons[0].url_path if page.lessons else page.url_path)


@require_POST
@by_learner
def answer(request: HttpRequest, course: str, lesson: str) -> HttpResponse:
    """Keep an answer to a question of a lesson, or a reflection, and lead back to it."""
    page = found(request, LessonPage, LESSON)
    key = request.POST.get("part", "")
    child = next((one for one in page.body if one.id == key), None)
    if child is None or child.block_type not in ("question", "reflection"):
        raise Http404
    enrolment = learning.enrol(request.user, page.course)
    if child.block_type == "reflection":
        text = request.POST.get("text", "")[:LONGEST]
        learning.reflect(enrolment, page, child, text)
        messages.success(request, _("What you wrote is kept. Only you can see it."))
    elif (given := read(child, request.POST)) is None:
        messages.error(
            request, _("Nothing was answered yet. Answer the question and send it again.")
        )
    else:
        learning.answer(enrolment, page, child, given, number_in(request))
    return redirect(f"{page.url_path}#part-{child.id}")


@require_POST
@by_learner
def done(request: HttpRequest, course: str, lesson: str) -> HttpResponse:
    """Be done with a lesson, and go on to the next one or back to the course."""
    page = found(request, LessonPage, LESSON)
    learning.finish_lesson(learning.enrol(request.user, page.course), page)
    later = [one for one in page.course.lessons if one.path > page.path]
    return redirect(later[0].url_path if later else f"{page.course.url_path}#progress")


@login_required
def test(request: HttpRequest, course: str) -> HttpResponse:
    """The final test: begin a try, answer one question at a time, see how it went."""
    page = found(request, CoursePage, COURSE)
    if not page.test:
        raise Http404
    if request.method == "POST":
        return _sent(request, page)
    enrolment = enrolment_of(request.user, page.translation_key)
    last = TestTry.objects.filter(enrolment=enrolment).last() if enrolment else None
    over = testing.settle(last, page) if last else True
    every = testing.questions(last, page) if last else []
    left = testing.tries_left(enrolment, page) if enrolment else page.tries_a_day or None
    if enrolment:
        enrolment.refresh_from_db()
    place = place_of(page, request.user)
    title = _("Final test")
    context = {
        "page": page,
        "course": page,
        "title": title,
        "crumbs": [*place.crumbs, (title, page.test_url)],
        "alternates": {
            language: address_of("course_test", url_path)
            for language, url_path in place.alternates.items()
        },
        "enrolment": enrolment,
        "last": last,
        "over": over,
        "questions": every,
        "question": next((one for one in every if not one.answered), None),
        "number_answered": sum(one.answered for one in every),
        "tries_left": left,
        "next_number": last.number + 1 if last else 1,
        "no_index": True,
    }
    return render(request, "skills/test.html", context)


def _sent(request: HttpRequest, course: CoursePage) -> HttpResponse:
    """A new try, or the answer to a question of the one that is open."""
    enrolment = learning.enrol(request.user, course)
    key = request.POST.get("part", "")
    if not key:
        try:
            testing.begin(
                enrolment, course, number_in(request), more_time="more_time" in request.POST
            )
        except testing.NoTryLeft:
            messages.error(request, _("Today’s tries have been used. You can try again tomorrow."))
        return redirect(course.test_url)
    child: Any = found_question(course.test, key)
    attempt = TestTry.objects.filter(enrolment=enrolment, number=number_in(request)).first()
    if child is None or attempt is None:
        raise Http404
    if (given := read(child, request.POST)) is None:
        messages.error(
            request, _("Nothing was answered yet. Answer the question and send it again.")
        )
    else:
        testing.answer(attempt, course, child, given)
    return redirect(course.test_url)
