"""The form that every page is edited in: what kind of change is it, each time anew."""

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from .changes import ChangeKind


class BasePageForm(WagtailAdminPageForm):
    """Asks the kind of change at every publication, a note of a substantive one, and a summary.

    What was answered for an earlier publication is not offered again; what a draft holds is.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "change_kind" not in self.fields:
            return
        self.fields["change_kind"].choices = ChangeKind.asked()
        if not self.instance.has_unpublished_changes:
            self.initial["change_kind"] = self.initial["change_note"] = ""

    def clean(self):
        cleaned = super().clean()
        if "change_kind" not in self.fields or self.is_deferred_validation:
            return cleaned
        if "summary" in self.fields and not cleaned.get("summary", "").strip():
            self.add_error("summary", _("Write it before you publish: lists and searches show it."))
        kind = cleaned.get("change_kind")
        if not kind and "change_kind" not in self.errors:
            self.add_error("change_kind", _("Say whether the change is minor or substantive."))
        if kind == ChangeKind.MINOR and self.instance.first_published_at is None:
            self.add_error("change_kind", _("The first publication of a page is substantive."))
        if kind == ChangeKind.SUBSTANTIVE and not cleaned.get("change_note"):
            self.add_error(
                "change_note", _("Say in a sentence or two what changed, for those who read.")
            )
        return cleaned
