"""The barometer: its results for all, and the questions that an invitation's link opens.

Opening the link answers nothing, nor does a form sent as it stands. Whoever answers is not looked
at: no account, no session, no address, and nothing is logged but that a page was asked for.
"""

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from monitoring import downloads
from monitoring.charts import drawing, figures
from partnership.programme.barometer import published, questionnaire
from partnership.programme.barometer_files import COLUMNS, rows_of
from partnership.programme.barometer_results import Results
from partnership.programme.errors import AlreadyAnswered, NotOpen
from partnership.programme.models import BarometerKey, BarometerRound
from partnership.programme.services import barometer as services
from portal.caching.memory import shown_to_all
from portal.errors import BadParameter
from portal.forms import OpenToAll
from portal.languages import current_language
from portal.page_cache import kept
from portal.sheets import Writer

from . import crumbs

ROUND, QUESTION = "round", "question"


class AnswerForm(OpenToAll):
    """The questions, each with its answers to tap."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.asked = questionnaire()
        for question in self.asked.questions:
            self.fields[question.key] = forms.ChoiceField(
                label=question.text,
                choices=[(option.key, option.text) for option in question.options],
                widget=forms.RadioSelect,
            )

    @property
    def words(self) -> dict[str, str]:
        """What stands above the questions and on the button."""
        language = current_language()
        asked = self.asked
        return {
            "title": asked.title[language],
            "intro": asked.intro[language],
            "send": asked.send[language],
        }

    @property
    def questions(self):
        return [self[question.key] for question in self.asked.questions]

    @property
    def given(self) -> dict[str, str]:
        return {one.key: self.cleaned_data[one.key] for one in self.asked.questions}


@kept(ROUND, QUESTION)
def index(request):
    """The results of a round: the newest, or `?round=`; by region of one question, `?question=`.

    BadParameter for a round or a question that there is not.
    """
    round = _round(request.GET.get(ROUND, ""))
    results = Results(round) if round else None
    question = _question(results, request.GET.get(QUESTION, ""))
    parts = (round.pk if round else 0, question.key if question else "")
    shown = shown_to_all(request, lambda: _shown(results, question), "barometer", *parts)
    return render(request, "programme/barometer.html", shown)


def _round(asked: str) -> BarometerRound | None:
    rows = BarometerRound.objects.published()
    if not asked:
        return rows.first()
    found = rows.filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 9 else None
    if found is None:
        raise BadParameter(ROUND, asked)
    return found


def _question(results: Results | None, asked: str):
    offered = {one.key: one for one in results.by_group} if results else {}
    if asked and asked not in offered:
        raise BadParameter(QUESTION, asked)
    return offered.get(asked) or next(iter(offered.values()), None)


def _shown(results: Results | None, question) -> dict:
    shown = {
        "crumbs": crumbs.barometer(),
        "rounds": list(BarometerRound.objects.published()),
        "open_rounds": list(BarometerRound.objects.open_now()),
        "before": published(),
        "results": results,
        "question": question,
    }
    if results and results.answers is not None:
        country, regions = results.figure(), results.figure_of(question)
        shown |= {
            "country": _drawn(country),
            "regions": _drawn(regions),
            "groups": results.groups(question),
            "others": [(one, results.country(one)) for one in results.opinions if not one.good],
        }
    return shown


def _drawn(figure) -> dict | None:
    if figure is None or not figure.can_be_drawn:
        return None
    return {
        "figure": figure,
        "picture": drawing.picture(figure),
        "rows": figures.table(figure),
    }


@downloads.open_to_all
def download(request, ending):
    """All that is published of the rounds of this portal: `.csv` and `.json`; 404 for another."""
    rows = [row for one in BarometerRound.objects.published() for row in rows_of(Results(one))]
    if ending == "json":
        return downloads.json({"items": rows})
    if ending != "csv":
        raise Http404
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="barometer.csv"'
    response.write("\ufeff")
    writer = Writer(response)
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([row[name] for name in COLUMNS])
    return response


def short(request, key):
    """The short address of a link leads to the questions in the reader's language."""
    return redirect("programme:answer_barometer", key=key)


@never_cache
@sensitive_post_parameters()
def answer(request, key):
    """The questions that a key opens; POST counts the answers, once. 404 for a key there is not.

    A key that was used, and one of a round that is not open, says so.
    """
    row = get_object_or_404(
        BarometerKey.objects.select_related("round"), pk=services.fingerprint(key)
    )
    if row.used or not row.round.is_open:
        return _refused(request, row.used)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if form.is_from_a_machine:
            return redirect(request.path)
        if form.is_valid():
            return _count(request, key, form)
    context = {**form.words, "form": form, "no_index": True}
    return render(
        request, "programme/barometer_answer.html", context, status=422 if form.errors else 200
    )


def _count(request, key, form):
    try:
        services.answer(key, form.given)
    except AlreadyAnswered:
        return _refused(request, True)
    except NotOpen:
        return _refused(request, False)
    return redirect("programme:barometer_thanks")


def _refused(request, used):
    context = {"used": used, "no_index": True}
    return render(request, "programme/barometer_refused.html", context)


@kept()
def thanks(request):
    """Where whoever has answered is led: the same page for all, without a key in its address."""
    return render(
        request,
        "programme/barometer_thanks.html",
        {"crumbs": crumbs.barometer((_("Thank you"), None)), "no_index": True},
    )
