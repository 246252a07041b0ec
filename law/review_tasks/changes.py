"""What a change changed, for those who check what rests on it."""

from django.utils.translation import gettext as _

from law import timeline
from law.models import AmendmentEffect
from portal.linguistics import word_diffs


def compared(effect: AmendmentEffect) -> list[tuple[str, str, list[list[word_diffs.Part]]]]:
    """The change in Finnish and in Swedish: language, its name, and the parts of the text.

    Nothing without the new wording; the new one alone where the portal does not have the old.
    """
    found: list[tuple[str, str, list[list[word_diffs.Part]]]] = []
    if effect.after is None and not effect.repeals:
        return found
    for language, name in (("fi", _("In Finnish")), ("sv", _("In Swedish"))):
        earlier = effect.before
        if earlier is None and not effect.adds:
            earlier = effect.after
        if parts := timeline.compared(earlier, effect.after, language):
            found.append((language, name, parts))
    return found
