"""The menu of events in /cms/."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from .events import EventViewSet
from .people import RegistrationViewSet, RequestViewSet


class EventsGroup(ViewSetGroup):
    menu_label = _("Events")
    menu_icon = "calendar"
    menu_order = 255
    items = (EventViewSet, RegistrationViewSet, RequestViewSet)
