"""The list of letters in /cms/: what was sent, what waits, what failed and why."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views import View
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet

from . import sending
from .models import Letter, MailTrouble, ReceivedMail
from .permissions import SuperusersLook


class LetterView(generic.InspectView):
    """One letter as it was written, with a button that sends a given-up one again."""

    template_name = "notices/letter.html"
    page_title = _("Letter")

    def get_page_subtitle(self):
        return self.object.subject


class SendAgain(PermissionCheckedMixin, View):
    """POST: put a letter that was given up back in the outbox; another one is left alone."""

    permission_policy = SuperusersLook(Letter)
    permission_required = "view"
    http_method_names = ["post"]

    def post(self, request, pk):
        letter = get_object_or_404(Letter, pk=pk)
        if sending.send_again(Letter.objects.filter(pk=letter.pk)):
            messages.success(request, _t("The letter is in the outbox again."))
        else:
            messages.warning(request, _t("Only a letter that was given up can be sent again."))
        return redirect(reverse("letters:inspect", args=[letter.pk]))


class SendAllAgain(PermissionCheckedMixin, View):
    """POST: put every letter that was given up back in the outbox."""

    permission_policy = SuperusersLook(Letter)
    permission_required = "view"
    http_method_names = ["post"]

    def post(self, request):
        count = sending.send_again(Letter.objects.all())
        messages.success(
            request,
            ngettext(
                "%(count)s letter is in the outbox again.",
                "%(count)s letters are in the outbox again.",
                count,
            )
            % {"count": count},
        )
        return redirect(reverse("letters:index"))


class OutboxView(generic.IndexView):
    """The letters, and above them the mail server's trouble and a button for those given up."""

    def get_context_data(self, *args, **kwargs):
        return super().get_context_data(*args, **kwargs) | {
            "trouble": MailTrouble.now(),
            "given_up": Letter.objects.given_up().count(),
        }


class ReceivedView(generic.IndexView):
    def get_base_queryset(self):
        return ReceivedMail.objects.select_related("letter").defer("text")


class Letters(ModelViewSet):
    model = Letter
    name = "letters"
    icon = "mail"
    menu_label = _("Letters")
    add_to_settings_menu = True
    index_view_class = OutboxView
    index_template_name = "notices/letters.html"
    inspect_view_enabled = True
    inspect_view_class = LetterView
    copy_view_enabled = False
    add_to_reference_index = False
    form_fields: list[str] = []
    list_display = [
        "subject",
        "to",
        Column("state", label=_("State")),
        Column("error", label=_("Last error")),
        DateColumn("created_at", label=_("Written"), sort_key="created_at"),
        DateColumn("sent_at", label=_("Sent"), sort_key="sent_at"),
    ]
    list_filter = ["language", "template"]
    search_fields = ["to", "subject"]
    permission_policy = SuperusersLook(Letter)

    def register_permissions(self):
        """Nothing to hand out: superusers alone look here."""

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("inspect/<int:pk>/", self.inspect_view, name="inspect"),
            path("send-again/<int:pk>/", SendAgain.as_view(), name="send_again"),
            path("send-again/", SendAllAgain.as_view(), name="send_all_again"),
        ]


class Received(ModelViewSet):
    """What came in, in a line each: its words are in the mailbox, for who may open that."""

    model = ReceivedMail
    name = "received"
    icon = "download"
    menu_label = _("Received messages")
    add_to_settings_menu = True
    inspect_view_enabled = False
    copy_view_enabled = False
    add_to_reference_index = False
    form_fields: list[str] = []
    list_display = [
        "subject",
        "sender",
        Column("get_kind_display", label=_("Kind")),
        Column("letter", label=_("About the letter")),
        DateColumn("received_at", label=_("Received"), sort_key="received_at"),
    ]
    list_filter = ["kind"]
    search_fields = ["sender", "subject"]
    permission_policy = SuperusersLook(ReceivedMail)
    index_view_class = ReceivedView

    def register_permissions(self):
        """Nothing to hand out: superusers alone look here."""

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
        ]
