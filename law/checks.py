"""What is wrong with the settings of FINLEX_URL, for `manage.py check`."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error

from .parsers.parsed import REFERENCE

OURSELVES = ("127.0.0.1", "localhost", "::1")


def finlex_settings(app_configs, **kwargs) -> list[Error]:
    """The address is HTTPS, the contact is there, and the acts are numbers."""
    if not settings.FINLEX_URL:
        return []
    address = urlsplit(settings.FINLEX_URL)
    found = []
    safe = address.scheme == "https" or address.hostname in OURSELVES
    if not (safe and address.scheme in ("http", "https") and address.hostname):
        found.append(Error("FINLEX_URL is not an https address.", id="law.E001"))
    if not settings.FINLEX_CONTACT:
        problem = "FINLEX_URL is set and FINLEX_CONTACT is not."
        hint = "Finlex wants to know whom to write to: set an e-mail address."
        found.append(Error(problem, hint=hint, id="law.E002"))
    found += [
        Error(f"FINLEX_ACTS has “{one}”, which is no act such as 681/2023.", id="law.E003")
        for one in settings.FINLEX_ACTS
        if not REFERENCE.fullmatch(one)
    ]
    return found
