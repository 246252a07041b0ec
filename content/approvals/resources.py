"""What requests for approval hold of people: who was asked, and who asked."""

from django.utils.translation import gettext_lazy as _

from portal.personal import Held, Personal
from portal.resources import ResourceType, register

from .models import ApprovalComment, ApprovalItem, ApprovalRequest

register(
    ResourceType(
        "approval",
        models=(ApprovalRequest, ApprovalItem, ApprovalComment),
        can=(
            Personal(
                Held(ApprovalRequest, ("email",), hides=("code", "key")),
                Held(
                    ApprovalRequest,
                    ("asked_by",),
                    stays=_("A request is the page's; who asked goes."),
                ),
            ),
        ),
    )
)
