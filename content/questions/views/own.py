"""Where an asker sees how a question stands, reads the answer, adds to it and withdraws it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from content.questions.forms import AddForm
from content.questions.models import AnswerPage, Draft, Question
from content.questions.own_answers import is_being_checked
from content.questions.permissions import asked
from content.questions.services import asking
from content.questions.validity import Validity, validities_of
from portal import rate_limits
from portal.paging import page_of
from portal.views.errors import too_many_requests
from portal.workflow import TransitionNotAllowed

from .crumbs import below_own, legal_questions

PER_PAGE = 20
KEPT = "questions.addition"  # what was typed when the session had ended


@login_required
def mine(request):
    """What the reader asked, and what colleagues asked for the organisation, the newest first."""
    questions = Question.objects.asked_by(request.user).select_related("organisation", "asker")
    return render(
        request,
        "questions/mine.html",
        {
            "crumbs": legal_questions((_("My questions"), None)),
            "questions": page_of(questions, request, PER_PAGE),
            "draft": Draft.objects.filter(user=request.user).first(),
        },
    )


def case(request, number):
    """One question as its asker sees it; POST adds to it.

    What was typed is there to be sent, or copied, when the session or the question has ended.
    """
    if not request.user.is_authenticated:
        return _keep_until_signed_in(request, number)
    question = _own(request, number)
    mine = asked(request.user, question)
    if request.method == "POST" and not mine:
        raise PermissionDenied
    form, ended = AddForm(initial=_kept(request, number) if mine else None), False
    if request.method == "POST":
        form = AddForm(request.POST)
    if request.method == "POST" and form.is_valid():
        try:
            asking.add(
                question,
                by=request.user,
                text=form.cleaned_data["text"],
                confirmed=form.confirmed,
            )
        except TransitionNotAllowed:
            messages.error(request, _("Nothing can be added: the question is no longer open."))
            ended = True
        else:
            messages.success(request, _("Your addition has been sent to the lawyers."))
            return redirect(question)
    public = question.public_page
    public = public if public and public.live else None
    validity = validities_of([public])[public.pk] if public else None
    if validity is None and question.sent_answer and is_being_checked(question):
        validity = Validity.CHECKING
    waiting = question.state == Question.State.WAITING
    return render(
        request,
        "questions/case.html",
        {
            "crumbs": below_own((question.number, None)),
            "question": question,
            "form": form,
            "typed": form["text"].value() if ended else "",
            "mine": mine,
            "messages_of": question.messages.all(),
            "sections": question.sections.select_related("act"),
            "answer": (answer := question.sent_answer),
            "answer_sections": answer.sections.select_related("act") if answer else [],
            "asked_back": question.messages.filter(from_asker=False).last() if waiting else None,
            "public": public,
            "may_read": public and AnswerPage.objects.visible_to(request.user).filter(pk=public.pk),
            "validity": validity,
            "may_withdraw": mine and question.can_become(Question.State.WITHDRAWN),
        },
        status=409 if ended else 422 if form.errors else 200,
    )


@login_required
def withdraw(request, number):
    """Ask whether it is meant; POST withdraws the question."""
    question = _own(request, number)
    if not asked(request.user, question):
        raise PermissionDenied
    if request.method == "POST":
        try:
            asking.withdraw(question, by=request.user)
        except TransitionNotAllowed:
            messages.error(request, _("The question can no longer be withdrawn."))
        else:
            messages.success(request, _("The question has been withdrawn."))
        return redirect(question)
    way = (question.number, question.get_absolute_url()), (_("Withdraw the question"), None)
    context = {"question": question, "crumbs": below_own(*way)}
    return render(request, "questions/withdraw.html", context)


def _keep_until_signed_in(request, number: str):
    if request.method == "POST":
        if not rate_limits.may_keep(request):
            return too_many_requests(request)
        text = request.POST.get("text", "")[: AddForm.base_fields["text"].max_length]
        request.session[KEPT] = {"number": number, "text": text}
        messages.info(
            request, _("Sign in to go on. What you have filled in is kept and waits for you.")
        )
    return redirect_to_login(request.get_full_path())


def _kept(request, number: str) -> dict[str, str]:
    """What was typed about this question when the session had ended, given once."""
    kept = request.session.get(KEPT, {})
    if kept.get("number") != number:
        return {}
    return {"text": request.session.pop(KEPT)["text"]}


def _own(request, number: str) -> Question:
    """A question that the reader asked or that a colleague shows them, or 404."""
    return get_object_or_404(
        Question.objects.asked_by(request.user).select_related(
            "organisation", "asker", "area", "audience", "topic", "merged_into__page", "page"
        ),
        number=number.replace("-", "/"),
    )
