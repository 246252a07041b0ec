"""What the frame around every page needs."""

from portal.languages import LANGUAGES


def frame(request):
    return {"LANGUAGES": LANGUAGES}
