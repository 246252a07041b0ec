"""What datasets add to /cms/."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from .admin.releases import desk
from .blocks import dataset_chooser

EVENTS = {
    "datasets.check": (_("Bring values of a dataset"), _("Brought and checked")),
    "datasets.propose": (_("Propose a release"), _("Proposed")),
    "datasets.approve": (_("Approve a release"), _("Approved by a second person")),
    "datasets.return": (_("Return a release"), _("Returned")),
    "datasets.drop": (_("Drop a release"), _("Dropped")),
    "datasets.release": (_("Release a dataset"), _("Released")),
}


@hooks.register("register_log_actions")
def name_what_is_logged(actions):
    for action, words in EVENTS.items():
        actions.register_action(action, *words)


@hooks.register("register_admin_viewset")
def releases_desk():
    return desk


@hooks.register("register_admin_viewset")
def chooser_of_datasets():
    return dataset_chooser
