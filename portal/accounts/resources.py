"""What an account holds of its person, and what Wagtail, allauth and their like keep of it."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.utils.translation import gettext_lazy as _
from wagtail.admin.models import EditingSession, FormState
from wagtail.models import (
    Comment,
    CommentReply,
    ModelLogEntry,
    Page,
    PageLogEntry,
    PageSubscription,
    Revision,
    TaskState,
    WorkflowState,
)
from wagtail.users.models import UserProfile
from wagtail_localize.models import SegmentOverride, StringTranslation

from portal.personal import Held, Mentioned, Personal
from portal.resources import ResourceType, register

from .leaving import leave
from .models import User

PAGE = _("The page and its history are the service's; who wrote, locked or moved it is taken off.")
TRANSLATION = _("The translation is the service's; who wrote it is taken off.")
LOG = _(
    "What was done stays in the log, for as long as it is kept by law; whose act it was is said by "
    "role and organisation alone."
)

register(
    ResourceType(
        "account",
        models=(User,),
        can=(
            Personal(
                Held(User, ("email",), hides=("password",)),
                Held(EmailAddress, ("user", "email")),
                Held(Authenticator, ("user",), hides=("data",)),
                Held(SocialAccount, ("user",)),
                Held(UserProfile, ("user",)),
                Held(EditingSession, ("user",)),
                Held(FormState, ("user",)),
                Held(PageSubscription, ("user",)),
                Held(CommentReply, ("user",)),
                Held(Comment, ("user",)),
                Held(Comment, ("resolved_by",), stays=PAGE),
                Held(Page, ("owner", "locked_by"), stays=PAGE),
                Held(Revision, ("user",), stays=PAGE),
                Held(WorkflowState, ("requested_by",), stays=PAGE),
                Held(TaskState, ("finished_by",), stays=PAGE, words=("comment",)),
                Held(StringTranslation, ("last_translated_by",), stays=TRANSLATION),
                Held(SegmentOverride, ("last_translated_by",), stays=TRANSLATION),
                Held(ModelLogEntry, ("user",), stays=LOG, words=("action",)),
                Held(PageLogEntry, ("user",), stays=LOG, words=("action",)),
                Mentioned(ModelLogEntry, ("label", "data")),
                Mentioned(PageLogEntry, ("label", "data")),
                first=leave,
            ),
        ),
    )
)
