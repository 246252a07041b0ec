"""Every component of the site in every state, for those who edit and build it."""

from datetime import date

from django import forms
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from portal.menu import crumbs

KINDS = [("m", _("Municipality")), ("o", _("Organisation")), ("s", _("Educational institution"))]


class Sample(forms.Form):
    """One field of each kind that the site's forms use."""

    name = forms.CharField(label=_("Name of the organisation"))
    business_id = forms.CharField(
        label=_("Business ID"), help_text=_("Seven digits, a hyphen and a check digit.")
    )
    email = forms.EmailField(label=_("E-mail address"), required=False)
    kind = forms.ChoiceField(label=_("Kind of organisation"), choices=[("", "–"), *KINDS])
    day = forms.DateField(label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}))
    text = forms.CharField(
        label=_("Description"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    file = forms.FileField(label=_("File"), help_text=_("A PDF of at most 10 MB."), required=False)
    one = forms.ChoiceField(label=_("Choose one"), choices=KINDS, widget=forms.RadioSelect)
    many = forms.MultipleChoiceField(
        label=_("Choose all that apply"),
        choices=KINDS,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("At least one."),
    )
    fixed = forms.CharField(label=_("Cannot be changed"), disabled=True, initial="1234567-1")
    agreed = forms.BooleanField(label=_("We commit to the principles of the programme"))


class SampleFilters(forms.Form):
    """What a list is narrowed by."""

    q = forms.CharField(label=_("Words"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind of organisation"), choices=[("", "–"), *KINDS], required=False
    )


def style(request):
    """The style page; 404 for those who do not work here."""
    if not (request.user.is_authenticated and request.user.works_here):
        raise Http404
    empty, wrong = Sample(prefix="empty"), Sample({"wrong-email": "no address"}, prefix="wrong")
    return render(
        request,
        "style.html",
        {
            "empty_form": empty,
            "wrong_form": wrong,
            "filters": SampleFilters({"q": "", "kind": "m"}),
            "page_obj": Paginator(range(200), 10).page(7),
            "crumbs": crumbs((_("About the portal"), "/"), (_("Style page"), None)),
            "rows": [
                {
                    "title": _("Title of the thing"),
                    "url": "#s-cards",
                    "summary": _("What has happened, and what can be done about it."),
                    "date": date(2026, 1, 31),
                }
            ]
            * 2,
            "years": range(2019, 2027),
            "card_areas": ["Pirkanmaa", "Satakunta", "Uusimaa"],
            "no_index": True,
        },
    )
