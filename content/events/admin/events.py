"""Events in /cms/: the list, the form, and the page of one with its moves and its figures."""

from functools import partial

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.admin.ui.tables import StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import EditView, IndexView

from content.events.models import Event, Registration, Way
from content.events.permissions import may_organise
from content.events.services import attendance, copying, feedback, organising
from portal.casework import CaseView, Move
from portal.cms import FewerViews
from portal.languages import LANGUAGES
from portal.workflow import TransitionNotAllowed

from .columns import MomentColumn
from .forms import CallOffForm, CopyForm, EventForm, RecordingForm

State = Event.State


def in_three(field: str, heading) -> MultiFieldPanel:
    return MultiFieldPanel(
        [FieldPanel(f"{field}_{language}") for language in LANGUAGES], heading=heading
    )


def in_a_row(field: str) -> FieldRowPanel:
    return FieldRowPanel([FieldPanel(f"{field}_{language}") for language in LANGUAGES])


class EventIndex(IndexView):
    """The next first; the name leads to the page of the event."""

    def get_base_queryset(self):
        return Event.objects.all()


class EditEvent(EditView):
    """What follows from other words – letters, offers, a higher sequence – is of the service."""

    def save_instance(self):
        return organising.save(self.form.instance, super().save_instance)


class EventCase(CaseView):
    """An event with how full it is; published and cancelled here."""

    page_title = _("Event")
    moves = {
        "publish": Move(
            to=State.PUBLISHED,
            make=organising.publish,
            heading=_("Publish"),
            icon="view",
            button=_("Publish"),
            done=_("The event is public, and its registration open."),
            hint=lambda event: gettext("Everybody sees it then, and registration opens."),
        ),
        "code": Move(
            make=attendance.show_code,
            heading=_("The code on the screen"),
            icon="view",
            button=_("Make the code"),
            secondary=True,
            done=_("Show the code on the screen: who types it on their own page has been there."),
            hint=lambda event: gettext(
                "It is taken from an hour before the start to a day after the end."
            ),
        ),
        "recording": Move(
            make=organising.show_recording,
            form=partial(RecordingForm, auto_id="recording-%s"),
            heading=_("Recording and slides"),
            icon="media",
            button=_("Show them on the page"),
            secondary=True,
            done=_("The page of the event and the list of held events lead there."),
        ),
        "copy": Move(
            make=copying.copy,
            form=partial(CopyForm, auto_id="copy-%s"),
            heading=_("The same again"),
            icon="copy",
            button=_("Make a copy"),
            secondary=True,
            done=_("The copy is a draft in the list of events."),
        ),
        "cancel": Move(
            to=State.CANCELLED,
            make=organising.cancel,
            form=partial(CallOffForm, auto_id="cancel-%s"),
            heading=_("Cancel the event"),
            icon="cross",
            button=_("Cancel the event"),
            secondary=True,
            done=_("The event is cancelled, and everybody who takes part has a letter."),
        ),
    }
    refusals = {
        TransitionNotAllowed: _("Somebody was first: it is in another state now."),
    }

    def may_make(self, name):
        return super().may_make(name) and may_organise(self.request.user)

    @property
    def possible(self):
        names = super().possible if may_organise(self.request.user) else []
        has_ways = self.object.ways.exists()
        stands = self.object.state == State.PUBLISHED and not self.object.attendance_code
        held = self.object.is_over and self.object.state == State.PUBLISHED
        left_out = {"publish": not has_ways, "code": not stands, "recording": not held}
        return [name for name in names if not left_out.get(name)]

    def get_context_data(self, **kwargs):
        ways = Way.objects.filter(event=self.object).annotate(
            waiting=_number("registrations", Registration.State.WAITING),
            offered=_number("held", Registration.State.OFFERED),
            registered=_number("held", Registration.State.REGISTERED),
        )
        return super().get_context_data(
            event=self.object,
            ways=ways,
            came=self.object.registrations.exclude(came_at=None).count(),
            feedback=feedback.summary(self.object),
            people=f"{reverse('event_registrations:index')}?event={self.object.pk}",
            edit=reverse("events_admin:edit", args=[self.object.pk]),
            **kwargs,
        )


def _number(name: str, state: str) -> Count:
    """How many registrations of a way are in a state, by the name of their key to it."""
    return Count(name, filter=Q(**{f"{name}__state": state}), distinct=True)


class EventViewSet(FewerViews):
    """Events are made, changed, published and cancelled, and never deleted."""

    model = Event
    name = "events_admin"
    url_prefix = "events"
    menu_label = _("Events")
    icon = "calendar"
    copy_view_enabled = False
    inspect_view_enabled = True
    add_to_reference_index = False
    WITHOUT = ("delete", "usage")
    index_view_class = EventIndex
    edit_view_class = EditEvent
    inspect_view_class = EventCase
    inspect_template_name = "events/cms/event.html"
    list_display = [
        TitleColumn("name", label=_("Event"), url_name="events_admin:inspect"),
        MomentColumn("starts_at", label=_("Starts"), sort_key="starts_at"),
        StatusTagColumn(
            "state",
            label=_("State"),
            accessor="get_state_display",
            primary=lambda row: row.state == State.PUBLISHED,
        ),
    ]
    list_filter = ["state"]
    search_fields = ["name_fi", "name_sv", "name_en", "slug"]
    search_backend_name = None
    ordering = ["-starts_at"]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    in_three("name", _("Name")),
                    FieldPanel("slug"),
                    in_three("description", _("Description")),
                    FieldRowPanel([FieldPanel("organiser"), FieldPanel("contact_email")]),
                    FieldPanel("areas"),
                    FieldPanel("topics"),
                    FieldPanel("example"),
                ],
                heading=_("What it is"),
            ),
            ObjectList(
                [
                    FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
                    FieldRowPanel([FieldPanel("place"), FieldPanel("remote_link")]),
                    InlinePanel(
                        "programme",
                        label=_("Line of the programme"),
                        panels=[
                            FieldPanel("starts_at"),
                            in_a_row("title"),
                            FieldPanel("speakers"),
                        ],
                    ),
                ],
                heading=_("When and where"),
            ),
            ObjectList(
                [
                    FieldRowPanel([FieldPanel("closes_at"), FieldPanel("offer_hours")]),
                    InlinePanel(
                        "ways",
                        label=_("Way of taking part"),
                        max_num=2,
                        panels=[
                            FieldRowPanel(
                                [FieldPanel("kind"), FieldPanel("places"), FieldPanel("is_open")]
                            ),
                            in_three("instructions", _("Instructions")),
                        ],
                    ),
                    InlinePanel(
                        "questions",
                        label=_("Own question"),
                        panels=[in_a_row("text"), FieldPanel("required")],
                    ),
                ],
                heading=_("Registration"),
            ),
        ],
        base_form_class=EventForm,
    )
