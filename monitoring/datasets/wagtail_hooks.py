"""What datasets add to /cms/."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from .admin.plans import plans_desk
from .admin.releases import desk
from .admin.structure import datasets_desk
from .blocks import dataset_chooser

EVENTS = {
    "datasets.check": (_("Bring values of a dataset"), _("Brought and checked")),
    "datasets.propose": (_("Propose a release"), _("Proposed")),
    "datasets.approve": (_("Approve a release"), _("Approved by a second person")),
    "datasets.return": (_("Return a release"), _("Returned")),
    "datasets.drop": (_("Drop a release"), _("Dropped")),
    "datasets.release": (_("Release a dataset"), _("Released")),
    "datasets.plan": (_("Announce a release"), _("Announced")),
    "datasets.confirm": (_("Confirm a planned release"), _("Confirmed")),
    "datasets.move": (_("Change the day of a release"), _("Put to another minute")),
    "datasets.cancel": (_("Call off a planned release"), _("Called off")),
    "datasets.out": (_("Figures of a planned release"), _("The figures came out")),
    "datasets.break": (_("Edit a break in a series"), _("Break in the series edited")),
    "datasets.structure": (_("Edit the structure of a dataset"), _("Structure edited")),
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


@hooks.register("register_admin_viewset")
def plans():
    return plans_desk


@hooks.register("register_admin_viewset")
def structures():
    return datasets_desk
