"""What the outbox adds to /cms/."""

from wagtail import hooks

from .viewsets import Letters, Received


@hooks.register("register_admin_viewset")
def letters():
    return Letters()


@hooks.register("register_admin_viewset")
def received_messages():
    return Received()
