"""The same page on one A4, as PDF/UA-1."""

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from monitoring.charts import drawing
from monitoring.charts.summaries import sentences
from portal.languages import current_language
from portal.printing import render, richtext

from .gathering import Situation

LONGEST_TITLE = 110  # of what people have written, so that it stays one page
WIDTH = 66


def as_pdf(found: Situation) -> bytes:
    """The page in the active language. MissingGlyphs as `portal.printing.render` raises it."""
    day = date_format(found.day)
    context = {"found": found, "commitments": [_short(one) for one in found.commitments]}
    beside = richtext.of_html(render_to_string("situation/paper_beside.html", context))
    if found.map:
        alt = " ".join(sentences(found.map))
        picture = drawing.file(found.map).encode()
        beside = [richtext.picture(picture, alt, width=WIDTH), *beside]
    return render(
        "brief",
        {
            "title": _("Integration now"),
            "author": _("Integration portal, KEHA Centre"),
            "day": day,
            "source": _("From the portal, as it stood on %(day)s.") % {"day": day},
            "body": richtext.of_html(render_to_string("situation/paper.html", context)),
            "beside": beside,
        },
        current_language(),
    )


def _short(commitment) -> dict[str, str]:
    return {
        "title": Truncator(commitment.title).chars(LONGEST_TITLE),
        "by": Truncator(commitment.organisation.name).chars(LONGEST_TITLE),
        "url": commitment.get_absolute_url(),
    }
