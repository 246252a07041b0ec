"""What the outbox adds to /cms/."""

from wagtail import hooks

from .viewsets import Letters


@hooks.register("register_admin_viewset")
def letters():
    return Letters()
