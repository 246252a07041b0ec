"""What the rooms bring by convention: modules of one name, found in the order of INSTALLED_APPS.

`resources.py` says what a room's things can do (portal.resources), `urls.py` where its pages are
(`prefix`), `plain_urls.py` where programs read it, `schedule.py` what the worker does for it
(`SCHEDULE`, `EACH_TURN`), `starter.py` what a new portal has of it (`STEPS`). Nothing else names a
room but INSTALLED_APPS.
"""

from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

from django.apps import apps
from django.utils.module_loading import module_has_submodule


def modules(name: str, attribute: str) -> Iterator[ModuleType]:
    """The modules of this name, of each app that has one with the attribute."""
    for config in apps.get_app_configs():
        if config.module and module_has_submodule(config.module, name):
            module = import_module(f"{config.name}.{name}")
            if hasattr(module, attribute):
                yield module


def room_urls() -> Iterator[ModuleType]:
    """The urls.py of the rooms: apps that have resources, and a `prefix` for their addresses."""
    for module in modules("resources", "register"):
        room = import_module(module.__name__.rpartition(".")[0])
        if module_has_submodule(room, "urls"):
            urls = import_module(f"{room.__name__}.urls")
            if hasattr(urls, "prefix"):
                yield urls


def plain_urls() -> Iterator[ModuleType]:
    """The plain_urls.py of the rooms: addresses for programs, which have no language in them."""
    yield from modules("plain_urls", "prefix")
