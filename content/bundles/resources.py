"""What bundles hold of people, and which wait for whom."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.inbox import Inbox, Task
from portal.personal import Held, Personal
from portal.resources import ResourceType, register

from .models import Bundle, BundleItem


def tasks(user) -> Iterator[Task]:
    """Bundles that were stopped, for who made them; those to be approved, for who publishes."""
    mine = Bundle.objects.filter(state=Bundle.State.STOPPED, made_by=user)
    for bundle in mine:
        yield _task(bundle, _("Stopped: nothing was published"))
    if user.has_perm("bundles.approve_bundle"):
        waiting = Bundle.objects.filter(state=Bundle.State.DRAFT, items__isnull=False)
        for bundle in waiting.exclude(made_by=user).distinct():
            yield _task(bundle, _("Approve a bundle"))


def _task(bundle: Bundle, what: str) -> Task:
    return Task(
        what=what,
        title=bundle.title,
        url=reverse("bundles:bundle", args=[bundle.pk]),
        due=timezone.localdate(bundle.go_at),
    )


register(
    ResourceType(
        "bundle",
        models=(Bundle, BundleItem),
        can=(
            Inbox(gettext_lazy("Publishing together"), tasks),
            Personal(
                Held(
                    Bundle,
                    ("made_by", "approved_by"),
                    stays=gettext_lazy("A bundle is the portal's; who made or approved it goes."),
                )
            ),
        ),
    )
)
