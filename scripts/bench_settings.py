"""The portal's settings with three more kinds of page, for `make bench` alone."""

from portal import settings

vars().update({name: getattr(settings, name) for name in dir(settings) if name.isupper()})
INSTALLED_APPS = [*settings.INSTALLED_APPS, "bench_kinds"]
