"""How a person names an area in a form: one box with the names, wherever an area is chosen."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cached_property

from django import forms
from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext, gettext_lazy

from portal.languages import LANGUAGES, alphabetical
from portal.linguistics.typed import text_as_typed, without_dots

from .models import Area

KEY = re.compile(r"FI|[A-Z]{2,3}[0-9]{2,3}")
FIRST = [Area.Kind.MUNICIPALITY, Area.Kind.REGION, Area.Kind.EMPLOYMENT_AREA, Area.Kind.COUNTRY]
FIRST += [Area.Kind.COUNTY, Area.Kind.DEVELOPMENT_CENTRE]
BETWEEN = re.compile(r"[,;\n]")
MOST = 400
FINNISH_CASES = re.compile(r"(?:seen|ss[aä]|st[aä]|ll[aä]|lt[aä]|lle|h[aeiou]n|n)$")
NEW = re.compile(r"^uude(?:n|ssa|sta|en|lla|lta|lle)(?=\w{3})")  # Uudellamaalla, Uudessakaupungissa
WEAK = [("nk", "ng"), ("nt", "nn"), ("mp", "mm"), ("lt", "ll"), ("rt", "rr"), ("rk", "r")]
WEAK += [("kk", "k"), ("pp", "p"), ("tt", "t"), ("ht", "hd")]


class Names:
    """Areas by what people call them: in Finnish, Swedish or English, in any letters and case.

    Where areas of several kinds have one name, it is the municipality's, then the region's; the
    others are named with their kind.
    """

    def __init__(self, areas: Iterable[Area]):
        self.areas = sorted(alphabetical(areas), key=lambda area: FIRST.index(area.kind))
        self.by_key = {area.key: area for area in self.areas}
        self.labels: dict[str, Area] = {}
        for area in self.areas:
            country = area.kind == Area.Kind.COUNTRY
            name = gettext("The whole country") if country else area.name
            taken = name in self.labels
            self.labels[f"{name} ({area.get_kind_display().lower()})" if taken else name] = area

    def label(self, area: Area) -> str:
        return next(label for label, one in self.labels.items() if one.pk == area.pk)

    @cached_property
    def _plain(self) -> dict[str, Area]:
        names = [
            (getattr(area, f"name_{language}"), area)
            for area in self.areas
            for language in LANGUAGES
        ]
        plain: dict[str, Area] = {}
        for name, area in [*self.labels.items(), *names]:
            plain.setdefault(without_dots(text_as_typed(name)), area)
        return plain

    @cached_property
    def _stems(self) -> dict[str, Area]:
        stems: dict[str, Area] = {}
        for area in self.areas:
            stems.setdefault(_stem(without_dots(text_as_typed(area.name_fi))), area)
        return stems

    def find(self, words: str) -> Area | None:
        """The area that is called so, or None; a key such as TA05 and a Finnish or Swedish case
        of the name (Helsingissä, i Åbo, Åbos) are understood."""
        if found := self.by_key.get(words.strip().upper()):
            return found
        plain = without_dots(text_as_typed(words)).removeprefix("i ")
        if found := self._plain.get(plain) or self._plain.get(plain.removesuffix("s")):
            return found
        bare = FINNISH_CASES.sub("", NEW.sub("uusi", plain))
        stem = _stem(bare)
        return self._stems.get(stem) if bare != plain and len(stem) > 2 else None

    def near(self, words: str) -> list[str]:
        """The names, at most three, that may have been meant."""
        plain = without_dots(text_as_typed(words[:100]))
        close = get_close_matches(plain, self._plain, n=3, cutoff=0.75)
        within = [name for name in self._plain if len(plain) > 2 and plain in name]
        found = {self._plain[name].pk: self._plain[name] for name in [*close, *within]}
        return [self.label(area) for area in list(found.values())[:3]]


def _stem(name: str) -> str:
    """A Finnish name without its last vowels and in the weak grade: helsinki as helsing."""
    stem = name.rstrip("aeiouy")
    for strong, weak in WEAK:
        if stem.endswith(strong):
            return stem[: -len(strong)] + weak
    return stem


class AreaBox(forms.TextInput):
    """A text box with a list of names; it needs no script."""

    template_name = "places/widgets/area.html"
    names = Names(())

    def listed(self) -> list[str]:
        return list(self.names.labels)

    def format_value(self, value):
        """The name in the place of a key; what is no area stays as it was typed."""
        found = self.names.by_key.get(str(value or ""))
        return self.names.label(found) if found else value

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["listed"] = self.listed()
        context["widget"]["attrs"] |= {
            "list": f"{context['widget']['attrs'].get('id', name)}_names",
            "autocomplete": "off",
        }
        return context


class AreasBox(AreaBox):
    """The same for several: those that are chosen with a tick, and the box for more."""

    template_name = "places/widgets/areas.html"

    def value_from_datadict(self, data, files, name):
        return data.getlist(name) if hasattr(data, "getlist") else data.get(name)

    def get_context(self, name, value, attrs):
        chosen, unknown = chosen_of(value or [], self.names)
        context = super().get_context(name, ", ".join(unknown), attrs)
        context["widget"]["chosen"] = [(one.key, self.names.label(one)) for one in chosen]
        return context


def chosen_of(typed: Iterable[str], names: Names) -> tuple[list[Area], list[str]]:
    """The areas that keys or names, also several in one text, are of; and what is of none."""
    chosen: dict[int, Area] = {}
    unknown = []
    for words in [one.strip() for text in typed for one in BETWEEN.split(text)][:MOST]:
        if found := names.find(words):
            chosen[found.pk] = found
        elif words:
            unknown.append(words)
    return list(chosen.values()), unknown


class AreaField(forms.Field):
    """One area by its name or key; `offer` says which there are, and is called by each form."""

    widget: type[AreaBox] = AreaBox
    default_error_messages = {
        "unknown": gettext_lazy("No area here is called “%(words)s”. Choose a name from the list."),
        "meant": gettext_lazy("No area here is called “%(words)s”. Did you mean %(names)s?"),
    }

    def offer(self, areas: Iterable[Area]) -> None:
        """Put up the areas that can be chosen."""
        self.widget.names = Names(areas)

    def to_python(self, value):
        words = str(value or "").strip()
        if not words:
            return None
        if found := self.widget.names.find(words):
            return found
        raise self.refused(words)

    def refused(self, words: str) -> forms.ValidationError:
        """What is said of a name that no area has."""
        names = gettext(" or ").join(self.widget.names.near(words))
        code = "meant" if names else "unknown"
        given = {"words": words[:60], "names": names}
        return forms.ValidationError(self.error_messages[code], code=code, params=given)


class AreasField(AreaField):
    """Several areas by their names or keys; with a script or without, one after the other."""

    widget = AreasBox

    def to_python(self, value):
        chosen, unknown = chosen_of(value or [], self.widget.names)
        if unknown:
            raise forms.ValidationError([self.refused(words) for words in unknown])
        return chosen


class AreaFilter(forms.Form):
    """What a page is narrowed by: `?area=TA05`, or what somebody typed."""

    area = AreaField(label=gettext_lazy("Area"), required=False)

    def __init__(self, data, areas):
        super().__init__(data)
        self.fields["area"].offer(areas)


def is_typed(parameters: QueryDict) -> bool:
    """Whether the address has the name of an area in the place of its key."""
    words = parameters.get("area", "")
    return bool(words) and not KEY.fullmatch(words)


def by_its_key(request: HttpRequest, area: Area) -> HttpResponseRedirect:
    """To the same address with the key of an area in the place of its name."""
    parameters = request.GET.copy()
    parameters["area"] = area.key
    return redirect(f"{request.path}?{parameters.urlencode()}")
