"""The forms of those who take part: at most four fields that have to be filled in, on one page."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.forms import OpenToAll, WordsThatAreSeen
from portal.names import PlainNames

from .models import Event, Feedback, Needs, Registration, Request, Way
from .services.registering import Words

LONGEST_ANSWER = 500


def room(way: Way) -> str:
    """How much room a way has, in words; `way` as `counted` gives it."""
    left = way.left(way.taken)
    if left is None:
        return ""
    if left == 0:
        return str(_("full: you come on the waiting list"))
    return ngettext("%(number)d place left", "%(number)d places left", left) % {"number": left}


class RegistrationForm(WordsThatAreSeen, PlainNames, forms.Form):
    """What one says of oneself; the event decides which of it is asked.

    The way of taking part is asked only when there is a choice. `of` is the registration that is
    changed.
    """

    plain_names = ("name",)

    name = forms.CharField(
        label=_("Your name"),
        max_length=Registration._meta.get_field("name").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Enter your first and last name.")},
    )
    way = forms.ChoiceField(label=_("How do you take part?"), widget=forms.RadioSelect)
    flexible = forms.BooleanField(
        label=_("If there is no place, the other way will do too"), required=False
    )
    interpretation = forms.CharField(
        label=_("Interpretation that you need"),
        help_text=_("Such as into sign language or Arabic."),
        max_length=Needs._meta.get_field("interpretation").max_length,
        required=False,
    )
    accessibility = forms.CharField(
        label=_("What makes it possible or easier for you to take part"),
        help_text=_(
            "Only the organiser sees it, and it is erased thirty days after the event. Do not "
            "write about your health more than is needed."
        ),
        max_length=Needs._meta.get_field("accessibility").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, event: Event, of: Registration | None = None, **kwargs):
        self.event, self.of = event, of
        super().__init__(*args, **kwargs)
        if of is None or of.state == Registration.State.WAITING:
            self._offer_ways()
        else:
            del self.fields["way"], self.fields["flexible"]
        self._ask_own_questions()
        if of is not None:
            self.initial.update(self._typed_before(of))

    @cached_property
    def ways(self) -> list[Way]:
        return list(Way.objects.filter(event=self.event, is_open=True).counted())

    def _offer_ways(self):
        if len(self.ways) > 1:
            words = [(way.kind, f"{way} – {room(way)}".removesuffix(" – ")) for way in self.ways]
            self.fields["way"].choices = words
        else:
            del self.fields["way"], self.fields["flexible"]

    def _ask_own_questions(self):
        self.questions = {f"q{one.pk}": one for one in self.event.questions.all()}
        for name, question in self.questions.items():
            self.fields[name] = forms.CharField(
                label=question.text,
                max_length=LONGEST_ANSWER,
                required=question.required,
                error_messages={"required": _("Answer the question.")},
            )
        first = ["name", "email", "way", "flexible", *self.questions]
        self.order_fields([*first, "interpretation", "accessibility"])

    def _typed_before(self, of: Registration) -> dict:
        typed = {"name": of.name, "way": of.way.kind, "flexible": of.flexible}
        typed |= {
            name: of.answers.get(str(question.pk), "") for name, question in self.questions.items()
        }
        needs = Needs.objects.filter(registration=of).first()
        if needs:
            typed |= {"interpretation": needs.interpretation, "accessibility": needs.accessibility}
        return typed

    @property
    def words(self) -> Words:
        """What was typed, as the services take it; only of a form that is valid."""
        cleaned = self.cleaned_data
        kinds = {way.kind: way for way in self.ways}
        own = self.of.way if self.of else next(iter(self.ways))
        return Words(
            name=cleaned["name"],
            way=kinds.get(cleaned.get("way", ""), own),
            flexible=cleaned.get("flexible", self.of.flexible if self.of else False),
            answers={
                str(question.pk): cleaned[name]
                for name, question in self.questions.items()
                if cleaned[name]
            },
            interpretation=cleaned["interpretation"],
            accessibility=cleaned["accessibility"],
        )


class RegisterForm(RegistrationForm, OpenToAll):
    """Registering without an account: the address, too, which is confirmed by a letter."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=Registration._meta.get_field("email").max_length,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class RequestForm(forms.Form):
    """After the deadline: what is asked of the organiser."""

    kind = forms.ChoiceField(
        label=_("What do you ask?"), choices=Request.Kind.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("In your own words"),
        max_length=Request._meta.get_field("words").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CodeForm(forms.Form):
    """During the event: the code that stands on the screen."""

    code = forms.CharField(
        label=_("The code on the screen"),
        max_length=Event._meta.get_field("attendance_code").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class FeedbackForm(forms.Form):
    """After the event: three questions."""

    useful = forms.TypedChoiceField(
        label=_("How useful was the event for your work?"),
        choices=[
            (5, _("5: very useful")),
            (4, "4"),
            (3, "3"),
            (2, "2"),
            (1, _("1: of no use")),
        ],
        coerce=int,
        widget=forms.RadioSelect,
    )
    use = forms.ChoiceField(
        label=_("Will you use at work what you heard?"),
        choices=Feedback.Use.choices,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("What should be better?"),
        help_text=_("Do not write your name or anybody else’s."),
        max_length=Feedback._meta.get_field("words").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
