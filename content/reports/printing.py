"""A report and its area annexes on paper: PDF/UA-1, made of what the report has frozen.

Nothing is kept: a file is made when somebody asks for it, so after a correction it has the mark.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from monitoring.areas.figures import AreaFigure
from monitoring.areas.frozen import FrozenHeadlines
from monitoring.charts import drawing
from monitoring.charts.figures import table
from monitoring.charts.summaries import sentences
from monitoring.datasets.observations import NOTHING
from portal.api.responses import LICENCE, absolute
from portal.languages import in_language
from portal.places.models import Area
from portal.printing import render, richtext

from . import figures
from .differences import differences

Node = dict[str, Any]
MOST_PERIODS = 6
DASH = "–"


def report_pdf(page: Any, before: Any = None) -> bytes:
    """The whole report with its pictures and tables; `before` is the one that it is compared with.

    Raises portal.printing.PrintingError.
    """
    with in_language(page.language):
        data = {
            "title": page.title,
            "author": _("KEHA Centre, Integration portal"),
            "title_of_kind": page.summary,
            "day": _published(page),
            "source": _("%(url)s · %(licence)s")
            % {"url": absolute(page.url_path), "licence": LICENCE},
            "body": list(_body(page, before)),
        }
        return render("report", data, page.language)


def annexes(page: Any) -> Iterator[tuple[Area, bytes]]:
    """Every annex of a report: what was frozen is read once for all of them."""
    headlines = page.headlines
    for area in headlines.own():
        yield area, annex_pdf(page, headlines, area)


def annex_pdf(page: Any, headlines: FrozenHeadlines, area: Area) -> bytes:
    """The annex of one area, in the language of the page. Raises PrintingError."""
    with in_language(page.language):
        return render("sheet", annex(page, headlines, area), page.language)


def annex(page: Any, headlines: FrozenHeadlines, area: Area) -> dict[str, Any]:
    """What an annex says: its six figures, each with its own past, the country, similar areas."""
    found = headlines.of(area)
    body: list[Node] = []
    if any(one.example for one in found):
        body.append(richtext.note(_("Example figures: invented, to show how the portal works.")))
    body += richtext.of_text(
        _("Figures as they stood when the report was published on %(day)s.")
        % {"day": _day(page.first_published_at)}
    )
    body.append(richtext.heading(_("At a glance"), 2))
    body.append(
        richtext.table(
            [_("Figure"), area.name, _("Before"), _("Whole country")],
            [
                [
                    f"{one.name}, {one.period}",
                    one.text,
                    f"{one.said(one.before.value, one.before.reason)}, {one.before.period.name}"
                    if one.before
                    else DASH,
                    one.country_text or DASH,
                ]
                for one in found
            ],
        )
    )
    for one in found:
        body += _of_area(headlines, one)
    return {
        "title": _("%(area)s: annex to the annual report %(year)s")
        % {"area": area.name, "year": page.year},
        "author": _("KEHA Centre, Integration portal"),
        "day": page.title,
        "source": _("%(url)s · %(licence)s")
        % {"url": absolute(f"{page.url_path}annexes/{area.key}.pdf"), "licence": LICENCE},
        "body": body,
    }


def _of_area(headlines: FrozenHeadlines, figure: AreaFigure) -> Iterator[Node]:
    yield richtext.heading(figure.name, 2)
    yield from richtext.of_text(figure.sentence(alone=False))
    if figure.revised_words:
        words = figure.revised_words
        yield richtext.note(f"{words[:1].upper()}{words[1:]}.")
    yield from richtext.of_text(
        _("Compared with its own past: %(verdict)s.") % {"verdict": figure.movement_words}
    )
    history = figure.history[-MOST_PERIODS:]
    country = dict(headlines.country_history(figure))
    rows = [[figure.area.name, *(_number(figure, one.value, one.reason) for one in history)]]
    if country and headlines.country is not None:
        cells = [country.get(one.period.position, NOTHING) for one in history]
        rows.append(
            [
                headlines.country.name,
                *(_number(figure, cell.value, cell.status) for cell in cells),
            ]
        )
    unit = "%" if figure.measure.percent else figure.measure.unit
    header = [f"{_('Area')} ({unit})", *(one.period.name for one in history)]
    yield richtext.table(header, rows, numbers=True)
    if figure.similar:
        said = "; ".join(f"{area.name} {words}" for area, words in figure.similar_said)
        yield from richtext.of_text(
            _("Similar areas in size and structure, %(period)s: %(values)s.")
            % {"period": figure.period, "values": said}
        )


def _number(figure: AreaFigure, value: Decimal | None, reason: str) -> str:
    """The value without its unit, or why there is none."""
    return figure.measure.number(value) if value is not None else figure.said(None, reason)


def _body(page: Any, before: Any) -> Iterator[Node]:
    if page.example:
        yield richtext.note(
            _(
                "Its figures are invented and describe nobody. It shows what a report can hold "
                "and how its figures freeze."
            )
        )
    for chapter in page.chapters:
        if chapter.part:
            yield richtext.heading(str(chapter.part.label), 2)
        for block in chapter.blocks:
            yield from _block(page, block)
    if before is not None:
        yield from _differences(page, before)


def _block(page: Any, block: Any) -> Iterator[Node]:
    kind, value = block.block_type, block.value
    if kind == "text":
        yield from richtext.of_html(str(value))
    elif kind == "heading":
        yield richtext.heading(value["text"], 3)
    elif kind == "callout":
        if value["title"]:
            yield {"kind": "p", "nodes": [{"kind": "strong", "nodes": _text(value["title"])}]}
        yield from richtext.of_html(str(value["text"]))
    elif kind == "law":
        lines = [f"{one.label} {one.name}" for one in value["sections"]]
        yield from richtext.of_text("\n".join(lines))
    elif kind == "figure":
        shown = figures.shown(page, value)
        if shown is not None:
            yield from _figure(shown)


def _figure(shown: figures.Shown) -> Iterator[Node]:
    figure = shown.figure
    said = " ".join(str(sentence) for sentence in sentences(figure))
    yield richtext.heading(figure.title or figure.name, 3)
    if shown.is_example:
        yield from richtext.of_text(_("Example figures: invented, to show how the portal works."))
    if figure.can_be_drawn:
        yield richtext.chart(drawing.file(figure), f"{figure.title}. {said}")
    yield from richtext.of_text(said)
    if shown.revised:
        yield richtext.note(
            _(
                "Some of these values were revised after the report was published. The report "
                "keeps what it said; the table has what they are now."
            )
        )
    rows = [
        [
            slot.name,
            *(f"{words} ({note})" if words and note else words or note for words, note in cells),
        ]
        for slot, cells in table(figure)
    ]
    yield richtext.table([_("What"), *(one.name for one in figure.series)], rows, numbers=True)
    yield from richtext.of_text(shown.citation)


def _differences(page: Any, before: Any) -> Iterator[Node]:
    yield richtext.heading(_("What is different from the report before"), 2)
    found = differences(page, before)
    if not found:
        yield from richtext.of_text(_("The two reports have no figure in common."))
    for one in found:
        yield richtext.heading(one.title, 3)
        if one.changed:
            yield richtext.note(
                _("The definition has changed (%(fields)s): compare with care.")
                % {"fields": ", ".join(one.changed)}
            )
        for text in one.breaks:
            yield richtext.note(f"{_('The series breaks between the two:')} {text}")
        header = [
            _("What"),
            _("Report %(year)s") % {"year": before.year},
            _("Report %(year)s") % {"year": page.year},
            _("Difference"),
        ]
        rows = [[row.name, row.then, row.now, row.difference or DASH] for row in one.rows]
        yield richtext.table(header, rows)


def _text(words: str) -> list[Node]:
    return [{"kind": "text", "text": richtext.readable(words)}]


def _day(moment: Any) -> str:
    return date_format(localtime(moment)) if moment else ""


def _published(page: Any) -> str:
    return _("Published on %(day)s") % {"day": _day(page.first_published_at)}
