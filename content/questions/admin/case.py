"""One question with everything on it; POST makes one of the moves that the reader may make."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content.questions import errors, matching
from content.questions.models import Preparation, Question
from content.questions.permissions import may_check, may_handle, may_read_work, may_send, may_take
from content.questions.services import casework, corrections, publishing, sources
from content.questions.similar import similar
from portal.casework import CaseView, Move
from portal.concurrency import Stale
from portal.workflow import TransitionNotAllowed

from . import forms

State = Question.State
MOVES = {
    "triage": Move(
        make=casework.triage,
        done=gettext_lazy("The question has been sorted and waits for a lawyer."),
    ),
    "classify": Move(
        make=casework.classify,
        done=gettext_lazy("The question has been sorted again."),
    ),
    "claim": Move(
        make=casework.claim,
        done=gettext_lazy("The question is now assigned to you."),
    ),
    "release": Move(
        make=casework.release,
        done=gettext_lazy("The question is back in the queue."),
    ),
    "substitute": Move(
        make=casework.substitute,
        done=gettext_lazy("The question has been given to another lawyer."),
    ),
    "note": Move(
        make=casework.note,
        done=gettext_lazy("The note has been kept."),
    ),
    "write": Move(
        make=casework.write,
        done=gettext_lazy("The answer has been saved."),
    ),
    "insert": Move(
        make=casework.write,
        done=gettext_lazy("The template is at the end of the answer, which has been saved."),
    ),
    "submit": Move(
        make=casework.submit,
        done=gettext_lazy("The answer waits for the second lawyer."),
    ),
    "take_back": Move(
        make=casework.take_back,
        done=gettext_lazy("You can go on writing."),
    ),
    "claim_check": Move(
        make=casework.claim_check,
        done=gettext_lazy("The check is now assigned to you."),
    ),
    "release_check": Move(
        make=casework.release_check,
        done=gettext_lazy("The check has been released for another lawyer."),
    ),
    "return": Move(
        make=casework.return_answer,
        done=gettext_lazy("The answer has been returned to its lawyer."),
    ),
    "approve": Move(
        make=casework.approve,
        done=gettext_lazy("The answer has been sent to the asker."),
    ),
    "correct": Move(
        make=corrections.correct,
        done=gettext_lazy("The new wording waits for a second lawyer."),
    ),
    "send_correction": Move(
        make=corrections.send_correction,
        done=gettext_lazy("The new wording has been sent to the asker."),
    ),
    "ask_back": Move(
        make=casework.ask_back,
        done=gettext_lazy("The asker has been asked. The time limit is paused."),
    ),
    "resume": Move(
        make=casework.resume,
        done=gettext_lazy("The time limit is running again."),
    ),
    "hand_over": Move(
        make=casework.hand_over,
        done=gettext_lazy("The question has been handed over, and the asker told."),
    ),
    "close": Move(
        make=casework.close,
        done=gettext_lazy("The question has been closed, and the asker told."),
    ),
    "merge": Move(
        make=casework.merge,
        done=gettext_lazy("The question has been joined with the earlier one."),
    ),
    "prepare": Move(
        make=publishing.prepare,
        done=gettext_lazy("The public text is ready. Read it once more and publish it."),
    ),
    "reopen": Move(
        make=publishing.reopen_preparation,
        done=gettext_lazy("The public text can be written again."),
    ),
    "publish": Move(
        make=publishing.publish,
        done=gettext_lazy("The answer has been published."),
    ),
}
WRITING = ("write", "submit", "insert")  # the buttons of one form
TYPED = (
    "text",
    "title",
    "asked",
    "answer",
    "authority",
    "reason",
    "source_words",
)  # what takes long to write


class QuestionView(CaseView):
    """`move` names what is done; its words come from the form of the same name.

    Somebody who was first, a lawyer who may not check their own answer and the like are told in
    words, and the page is shown as it now stands.
    """

    page_title = gettext_lazy("Legal question")
    template_name = "questions/cms/case.html"
    moves = MOVES

    def get_queryset(self):
        people = ("asker", "organisation", "handler", "checker")
        about = ("area", "audience", "topic", "merged_into", "page")
        return Question.objects.visible_to(self.request.user).select_related(*people, *about)

    def may_make(self, name):
        return super().may_make(name) and may_take(self.request.user, self.object)

    def get_history(self):
        history = super().get_history()
        return history if may_read_work(self.request.user, self.object) else history.none()

    # --- What may be done, and the forms of it ------------------------------------------------

    @cached_property
    def possible(self) -> list[str]:
        """The moves that the reader may make from here."""
        question, user = self.object, self.request.user
        if not may_take(user, question):
            return []
        state = question.state
        mine, mine_to_check = question.handler_id == user.pk, question.checker_id == user.pk
        ends = {"hand_over", "close", "merge"}
        moves = {
            State.RECEIVED: {"triage", "ask_back", *ends},
            State.TRIAGED: {"claim", "ask_back", *ends},
            State.ASSIGNED: {*WRITING, "release", "ask_back", *ends} if mine else set(),
            State.DRAFTED: {"take_back"} if mine else set(),
            State.CHECKED: {"approve", "return"} if mine_to_check else set(),
            State.WAITING: {"resume", *ends},
            State.ANSWERED: {"prepare"} if question.may_go_public else set(),
            State.PREPARED: {"publish", "reopen"},
        }.get(State(state), set())
        if state in (State.ANSWERED, State.PREPARED):
            moves.add("correct")
        if may_send(user, question):
            moves.add("send_correction")
        if state == State.DRAFTED and may_check(user, question):
            moves.add("claim_check")
        if question.is_with_a_lawyer:
            moves.add("substitute")
        if state == State.CHECKED:
            moves.add("release_check")
        if state not in (State.RECEIVED, State.PUBLISHED):
            moves.add("classify")
        return sorted({*moves, "note"})

    @property
    def own_words(self) -> bool:
        """Whether the reader may not publish the words for everyone: they wrote them."""
        prepared = Preparation.objects.filter(question=self.object).first()
        return bool(prepared and prepared.by_id == self.request.user.pk)

    @cached_property
    def forms(self) -> dict:
        """A form for each possible move that needs one, filled with what was posted to it."""
        question = self.object
        to_asker = _("This text is sent to the asker.")
        makers: dict[str, Callable] = {
            "triage": lambda **k: forms.SortingForm(question=question, **k),
            "classify": lambda **k: forms.SortingAgainForm(question=question, **k),
            "write": lambda **k: forms.WritingForm(question=question, answer=question.wording, **k),
            "correct": lambda **k: forms.AnswerForm(
                question=question, answer=question.wording, **k
            ),
            "substitute": lambda **k: forms.SubstituteForm(question=question, **k),
            "hand_over": forms.HandOverForm,
            "close": forms.CloseForm,
            "merge": forms.MergeForm,
            "note": lambda **k: forms.WordsForm(
                label=_("Internal note"), help_text=_("Only the lawyers see notes."), **k
            ),
            "return": lambda **k: forms.WordsForm(
                label=_("What is to be changed?"), help_text=_("Only the lawyers see it."), **k
            ),
            "ask_back": lambda **k: forms.WordsForm(
                label=_("What do we need from the asker?"), help_text=to_asker, **k
            ),
            "prepare": lambda **k: forms.PreparationForm(initial=self.public_words, **k),
        }
        sent = self.request.POST.get("move")
        sent = "write" if sent in WRITING else sent
        return {
            name: make(data=self.request.POST if name == sent else None, auto_id=f"{name}-%s")
            for name, make in makers.items()
            if name in self.possible
        }

    @property
    def public_words(self) -> dict:
        question = self.object
        prepared = Preparation.objects.filter(question=question).first()
        if prepared:
            return {name: getattr(prepared, name) for name in ("title", "asked", "answer")}
        answer = question.sent_answer
        text = answer.text if answer else ""
        return {"title": question.title, "asked": question.text, "answer": text}

    # --- Making a move ------------------------------------------------------------------------

    def post(self, request, *args, **kwargs):
        move = request.POST.get(self.move_field, "")
        if not self.may_make(move):
            raise PermissionDenied
        if move == "publish" and self.own_words:
            return self._refused(self.refusals[errors.SameLawyer])
        if move == "claim_check" and not may_check(request.user, self.object):
            return self._refused(self.refusals[errors.SameLawyer])
        if move not in self.possible:
            return self._refused(self._stands())
        form = self.forms.get("write" if move in WRITING else move)
        if form is not None and not form.is_valid():
            return self.render_to_response(self.get_context_data(), status=self.invalid_status)
        try:
            self.make(move, dict(form.cleaned_data) if form else {})
        except TransitionNotAllowed:
            self.object.refresh_from_db()
            return self._refused(self._stands())
        except Stale as stale:
            if move in self.stale:
                return self._refused(self.stale[move])
            return self._written_meanwhile(stale.saved)
        except tuple(self.refusals) as refusal:
            return self._refused(self.in_words(refusal))
        messages.success(request, self.moves[move].done)
        return HttpResponseRedirect(request.path)

    def _refused(self, words):
        """Say it on the page as it now stands; what was typed is still there to be copied."""
        messages.error(self.request, words)
        posted = (self.request.POST.get(name, "").strip() for name in TYPED)
        typed = [text for text in posted if text]
        if not typed:
            return HttpResponseRedirect(self.request.path)
        self._look_again()
        return self.render_to_response(self.get_context_data(typed=typed), status=409)

    def _written_meanwhile(self, last):
        """Both wordings on one page; saving once more is then meant."""
        self._look_again()
        messages.error(
            self.request, _("The answer has been saved meanwhile. Both wordings are shown below.")
        )
        self.request.POST = self.request.POST.copy()
        self.request.POST["seen"] = last.version_token
        return self.render_to_response(self.get_context_data(meanwhile=last), status=409)

    def _look_again(self):
        self.object = self.get_object()
        for name in ("possible", "forms"):
            self.__dict__.pop(name, None)

    def _stands(self):
        question = self.object
        who = question.checker if question.state == State.CHECKED else question.handler
        return _("Somebody was first: the question is now in the state “%(state)s” (%(who)s).") % {
            "state": question.get_state_display(),
            "who": who or "–",
        }

    stale = {
        "correct": gettext_lazy(
            "Another wording of the answer has been put forward since you opened the page."
        ),
        "send_correction": gettext_lazy(
            "Another wording of the answer has been put forward since you opened the page."
        ),
        "approve": gettext_lazy(
            "The asker has added something, or the answer has been written again, since you "
            "opened the page. Read it first."
        ),
        "classify": gettext_lazy(
            "The question has been sorted again since you opened the page. Look how it is sorted "
            "now; nothing of yours was saved."
        ),
    }
    refusals = {
        errors.NotTheirs: gettext_lazy("Another lawyer has the question now."),
        errors.SameLawyer: gettext_lazy(
            "You have written this answer yourself, so another lawyer has to check it."
        ),
        errors.NothingWritten: gettext_lazy("There is no answer to check yet."),
        errors.NotForOthers: gettext_lazy(
            "The question is secret, or its asker wants the answer alone: it cannot be shown to "
            "others."
        ),
        errors.OtherLanguage: gettext_lazy(
            "The earlier question is answered in another language than this asker chose. Answer "
            "this one on its own."
        ),
        errors.LawChanged: gettext_lazy(
            "The law has changed since the text was written. Look it through, and write it again."
        ),
        errors.PersonalDataLeft: gettext_lazy(
            "The text has something that may tell who a person is. Write it again."
        ),
    }

    def make(self, name, typed):
        if name in WRITING:
            self._write(name)
            return
        if name == "approve":
            typed = {"seen": self._number("seen"), "wording": self._number("wording")}
        elif name == "send_correction":
            typed = {"wording": self._number("wording")}
        elif name == "prepare":
            form = self.forms["prepare"]
            typed = {"words": form.words, "confirmed": form.confirmed}
        elif name != "correct" and "seen" in typed:
            typed["expect"] = typed.pop("seen")
        self.moves[name].make(self.object, by=self.request.user, **typed)

    @transaction.atomic
    def _write(self, name: str) -> None:
        """The sources go with the wording: both are kept, or neither."""
        form = self.forms["write"]
        question, by, wording = self.object, self.request.user, form.wording
        wording["expect"] = wording.pop("seen")
        left_out = form.cleaned_data.get("left_out", ())
        if form.source or left_out:
            sources.note(question, by=by, source=form.source, left_out=left_out)
        self.moves[name].make(question, by=by, **wording)

    def _number(self, name: str) -> int:
        """What was posted as a number; one that there is not for all else."""
        text = self.request.POST.get(name, "")
        return int(text) if text.isdecimal() and len(text) < 19 else -1

    # --- What is shown ------------------------------------------------------------------------

    def get_context_data(self, **kwargs):
        question, user = self.object, self.request.user
        conversation = question.messages.all()
        # A lawyer who asks sees of the work on the question what every asker sees: nothing.
        theirs = may_read_work(user, question)
        notes = question.notes.all() if theirs else question.notes.none()
        preparation = Preparation.objects.filter(question=question).first() if theirs else None
        wordings = question.answers.filter(**{} if theirs else {"sent_at__isnull": False})
        return super().get_context_data(
            question=question,
            sections=question.sections.select_related("act"),
            conversation=conversation,
            seen=len(conversation),
            notes=notes.select_related("author"),
            wordings=wordings.filter(submitted_at__isnull=False)
            .select_related("author", "checked_by")
            .prefetch_related("sections__act"),
            sources=question.sources.select_related("author") if theirs else (),
            preparation=preparation,
            own_words=bool(preparation and preparation.by_id == user.pk),
            merged=question.merged.all(),
            possible=self.possible,
            own_answer=question.state == State.DRAFTED and not may_check(user, question),
            law_changes=self._law_changes(),
            correction=question.correction if theirs else None,
            suggested=self._suggested(),
            similar=similar(question) if theirs else [],
            earlier=self._earlier(),
            edit_page=reverse("wagtailadmin_pages:edit", args=[question.page_id])
            if question.page_id and may_handle(user)
            else "",
            **kwargs,
        )

    def _law_changes(self):
        """What has changed in the law since the answer was sent, until it is published."""
        question = self.object
        if question.state not in (State.ANSWERED, State.PREPARED):
            return []
        return publishing.changes_since(question, question.answered_at)

    def _suggested(self):
        """Published answers and guidance that may hold the answer already; while it is open."""
        question = self.object
        if not question.is_open:
            return []
        return matching.matches(question.title, question.text, question.language, self.request.user)

    def _earlier(self):
        """Answered questions on the same sections, the newest first."""
        return (
            Question.objects.visible_to(self.request.user)
            .answered()
            .filter(sections__in=self.object.sections.all())
            .exclude(pk=self.object.pk)
            .distinct()
            .order_by("-answered_at")[:5]
        )
