"""What the frame around every page needs."""

from django.utils.translation import get_language_from_path

from portal import stylesheet
from portal.languages import LANGUAGES


def frame(request):
    """Languages and fonts; `language_form` where the address has no language of its own."""
    return {
        "LANGUAGES": LANGUAGES,
        "fonts": stylesheet.font_files(),
        "language_form": not get_language_from_path(request.path_info),
    }
