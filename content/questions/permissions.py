"""Who may do what with a question. Whether it can be done is asked by the services."""

from wagtail.models import PagePermissionTester

from portal.accounts.models import User
from portal.accounts.roles import LAWYER, roles_of

HANDLE = "questions.handle_question"


def may_handle(user) -> bool:
    """The lawyers of the legal service: they read and answer every question."""
    return user.has_perm(HANDLE)


def is_lawyer(user) -> bool:
    """One of the lawyers by role: what two lawyers have to see, no superuser sees for them."""
    return may_handle(user) and (not user.is_superuser or LAWYER in roles_of(user))


def may_check(user, question) -> bool:
    """A lawyer who neither has the question nor wrote any of its answer, nor asked it."""
    return (
        is_lawyer(user)
        and user.pk not in (question.handler_id, question.asker_id)
        and not question.written_by(user)
    )


def may_send(user, question) -> bool:
    """A lawyer who wrote nothing of the new wording that waits, nor asked the question."""
    waiting = question.correction
    return bool(
        waiting
        and is_lawyer(user)
        and user.pk != question.asker_id
        and not waiting.writers.filter(pk=user.pk).exists()
    )


def may_take(user, question) -> bool:
    """A lawyer; nobody answers a question of their own, and a superuser is no lawyer."""
    return is_lawyer(user) and user.pk != question.asker_id


def may_read_work(user, question) -> bool:
    """Whoever reads every question reads the work on it too, but of a question of their own."""
    return may_handle(user) and user.pk != question.asker_id


def asked(user, question) -> bool:
    """The asker: adds to the question and withdraws it. Colleagues only read."""
    return user.is_authenticated and user.pk == question.asker_id


class AnswerPermissions(PagePermissionTester):
    """What an answer says to everyone is the lawyers' to publish; others of KEHA prepare drafts.

    Anybody who may publish pages there may take an answer away.
    """

    def can_publish(self):
        return super().can_publish() and is_lawyer(self.user)


def lawyers():
    """The accounts in use that may handle questions by their role."""
    app_label, codename = HANDLE.split(".")
    return (
        User.objects.filter(
            is_active=True,
            groups__permissions__codename=codename,
            groups__permissions__content_type__app_label=app_label,
        )
        .distinct()
        .order_by("last_name", "first_name", "pk")
    )
