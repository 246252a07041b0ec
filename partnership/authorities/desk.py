"""Contacts of authorities in /cms/: the list, the form, and what has not been told yet."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import EditView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permission_policies.base import BasePermissionPolicy

from portal.cms import FewerViews, counting
from portal.concurrency import VersionedForm

from .forms import website
from .inbox import all_lines, counted
from .models import AreaContact, Role
from .officers import keeps_all

ON_A_PAGE = 50


class OfKeha(BasePermissionPolicy):
    """Who keeps the contacts of all areas looks at them and deletes what was told in error."""

    def user_has_permission(self, user, action):
        return action in ("view", "change", "delete") and keeps_all(user)


class ContactOnDesk(VersionedForm, WagtailAdminModelForm):
    """All that is told of an authority, with the day, and which words were there when it was
    opened.
    """

    website = website()

    class Meta:
        model = AreaContact
        fields = (
            *("name_fi", "name_sv", "name_en", "matter_fi", "matter_sv", "matter_en"),
            *("telephone", "email", "website", "lead", "checked_on"),
        )


class ContactEdit(EditView):
    """Nothing is saved over what somebody else has told meanwhile: theirs is said, with 409, and
    what was typed stays in the form, to be saved in its place.
    """

    def post(self, request, *args, **kwargs):
        self.object = self.get_object()
        self.form = self.get_form()
        if not self.form.is_stale:
            return super().post(request, *args, **kwargs)
        theirs = "; ".join(f"{one.label}: {one.theirs}" for one in self.form.differences())
        messages.warning(
            request,
            gettext("Somebody else has changed this meanwhile. Saved now: %(theirs)s")
            % {"theirs": theirs},
        )
        self.form = self.form.over(self.object)
        return self.render_to_response(self.get_context_data(form=self.form), status=409)


class ContactViewSet(FewerViews):
    """What has been told, the longest unchecked first; each with its history."""

    WITHOUT = ("add", "usage")
    model = AreaContact
    edit_view_class = ContactEdit
    name = "area_contacts"
    url_prefix = "area-contacts"
    icon = "mail"
    menu_label = _("Contacts of authorities")
    menu_order = 266
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = False
    search_backend_name = None
    list_filter = ["role", "example"]
    search_fields = ["name_fi", "area__name_fi", "area__name_sv"]
    ordering = ["checked_on", "pk"]
    list_display = [
        "name_fi",
        Column("get_role_display", label=_("Authority")),
        Column("area", label=_("Area")),
        DateColumn("checked_on", label=_("Checked on"), sort_key="checked_on"),
    ]

    def get_form_class(self, for_update=False):
        return ContactOnDesk

    @property
    def permission_policy(self):
        return OfKeha(AreaContact)

    def register_permissions(self):
        """Nothing to hand out here: the role has it by a migration."""


class MissingView(WagtailAdminTemplateMixin, TemplateView):
    """Which contacts are not told yet, or with `?state=old` not checked for a year, by page.

    Each leads to its form. For who keeps them all; 403 for others.
    """

    template_name = "authorities/cms/missing.html"
    page_title = _("Contacts not told yet")
    header_icon = "mail"

    def dispatch(self, request, *args, **kwargs):
        if not keeps_all(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        today = timezone.localdate()
        old = self.request.GET.get("state") == "old"
        role = self.request.GET.get("role", "")
        lines = [line for line in all_lines(today) if role in ("", line.role)]
        if old:
            found = [one for one in lines if one.contact and one.contact.is_stale_on(today)]
        else:
            found = [one for one in lines if one.contact is None]
        page = Paginator(found, ON_A_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(
            **kwargs, page=page, old=old, role=role, roles=list(Role), number=len(found)
        )


class MissingItem(MenuItem):
    """The way there, with how many are missing, for who keeps them."""

    def __init__(self):
        super().__init__(
            _("Contacts not told yet"),
            reverse("area_contacts_missing"),
            icon_name="mail",
            order=267,
        )

    def is_shown(self, request):
        return keeps_all(request.user)

    def render_component(self, request):
        return counting(super().render_component(request), counted(timezone.localdate())[0])
