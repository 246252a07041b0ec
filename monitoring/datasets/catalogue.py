"""The datasets as DCAT-AP 3.0, which national and European data portals harvest.

Terms are those of https://semiceu.github.io/DCAT-AP/releases/3.0.0/; what its shapes want to be of
a class is said to be of it here, since a harvester sees this file alone.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from rdflib import DCAT, DCTERMS, FOAF, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from monitoring.indicators import periods
from portal.api.responses import LICENCE, LICENCE_URL, absolute
from portal.languages import LANGUAGES, in_language

from .models import Dataset

DCATAP = Namespace("http://data.europa.eu/r5r/")
EU = Namespace("http://publications.europa.eu/resource/authority/")
IANA = Namespace("https://www.iana.org/assignments/media-types/")
PORTAL = _("Integration portal")
CATALOGUE = _("Data of the integration portal")
ABOUT = _("Figures about integration in Finland, by area and period.")
EXAMPLE = _("Example")
INVENTED = _("Example figures: invented, to show how the portal works.")
API = _("Data of the portal for programs")
LANGUAGE = {"fi": "FIN", "sv": "SWE", "en": "ENG"}
FREQUENCY = {
    periods.Kind.MONTH: "MONTHLY",
    periods.Kind.QUARTER: "QUARTERLY",
    periods.Kind.YEAR: "ANNUAL",
}
FORMATS = (
    ("csv", "CSV", "text/csv"),
    ("jsonstat", "JSON", "application/json"),
    ("xlsx", "XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
)


def graph() -> Graph:
    """The catalogue with all that is released; a constant number of queries."""
    made = _Catalogue()
    for dataset in Dataset.objects.published().order_by("slug"):
        made.add(dataset)
    return made.graph


class _Catalogue:
    """A graph that datasets are added to."""

    def __init__(self) -> None:
        self.graph = Graph()
        for prefix, names in (("dcat", DCAT), ("dct", DCTERMS), ("foaf", FOAF), ("eu", EU)):
            self.graph.bind(prefix, names)
        self.node = URIRef(absolute("/catalog.ttl#catalog"))
        self.publisher = self._of_class(absolute("/#publisher"), FOAF.Agent)
        self._words(self.publisher, FOAF.name, PORTAL)
        self.licence = self._of_class(LICENCE_URL, DCTERMS.LicenseDocument)
        self.graph.add((self.licence, RDFS.label, Literal(LICENCE)))
        self.access = self._concept("access-right/PUBLIC", DCTERMS.RightsStatement)
        self.finland = self._concept("country/FIN", DCTERMS.Location)
        self.theme = self._label("data-theme/SOCI", "Population and society")
        self.stable = self._label("planned-availability/STABLE", "stable")
        self.graph.add((self.node, RDF.type, DCAT.Catalog))
        self._words(self.node, DCTERMS.title, CATALOGUE)
        self._words(self.node, DCTERMS.description, ABOUT)
        homepage = self._of_class(absolute("/"), FOAF.Document)
        self._all(
            self.node,
            (
                (DCTERMS.publisher, self.publisher),
                (DCTERMS.license, self.licence),
                (DCTERMS.spatial, self.finland),
                (FOAF.homepage, homepage),
                *((DCTERMS.language, one) for one in self._languages()),
            ),
        )
        self.service = self._service()

    def _service(self) -> URIRef:
        node = URIRef(absolute("/api/v1/docs#service"))
        self._words(node, DCTERMS.title, API)
        self._all(
            node,
            (
                (RDF.type, DCAT.DataService),
                (DCAT.endpointURL, self._of_class(absolute("/api/v1/"), RDFS.Resource)),
                (
                    DCAT.endpointDescription,
                    self._of_class(absolute("/api/v1/openapi.json"), RDFS.Resource),
                ),
                (DCTERMS.publisher, self.publisher),
                (DCTERMS.license, self.licence),
                (DCTERMS.accessRights, self.access),
                (DCAT.theme, self.theme),
            ),
        )
        self.graph.add((self.node, DCAT.service, node))
        return node

    def add(self, dataset: Dataset) -> None:
        """A dataset with its files; invented figures say so in title, description and keyword."""
        page = absolute(reverse("datasets:dataset", kwargs={"slug": dataset.slug}))
        node = URIRef(absolute(f"/catalog.ttl#{dataset.slug}"))
        for language in LANGUAGES:
            with in_language(language):
                name, about = dataset.name, dataset.description
                if dataset.example:
                    name = f"{gettext(EXAMPLE)}: {name}"
                    about = f"{gettext(INVENTED)} {about}"
                    self.graph.add((node, DCAT.keyword, Literal(gettext(EXAMPLE), language)))
                self.graph.add((node, DCTERMS.title, Literal(name, language)))
                self.graph.add((node, DCTERMS.description, Literal(about, language)))
        frequency = self._concept(
            f"frequency/{FREQUENCY[periods.Kind(dataset.period)]}", DCTERMS.Frequency
        )
        self._all(
            node,
            (
                (RDF.type, DCAT.Dataset),
                (DCTERMS.identifier, Literal(dataset.slug)),
                (DCTERMS.publisher, self.publisher),
                (DCTERMS.accessRights, self.access),
                (DCTERMS.accrualPeriodicity, frequency),
                (DCTERMS.spatial, self.finland),
                (DCTERMS.temporal, self._span(dataset)),
                (DCTERMS.modified, Literal(dataset.released_at, datatype=XSD.dateTime)),
                (DCAT.theme, self.theme),
                (DCAT.landingPage, self._of_class(page, FOAF.Document)),
                *((DCTERMS.language, one) for one in self._languages()),
            ),
        )
        self.graph.add((self.node, DCAT.dataset, node))
        self.graph.add((self.service, DCAT.servesDataset, node))
        for extension, form, media in FORMATS:
            self._file(node, dataset, page, (extension, form, media))

    def _file(self, of: Node, dataset: Dataset, page: str, form: tuple[str, str, str]) -> None:
        extension, file_type, media = form
        node = URIRef(absolute(f"/catalog.ttl#{dataset.slug}.{extension}"))
        data = reverse("pxweb:data", kwargs={"table": dataset.slug})
        address = absolute(
            f"{data}?outputFormat={'json-stat2' if extension == 'jsonstat' else extension}"
        )
        if extension == "csv":
            address = absolute(reverse("datasets:csv", kwargs={"slug": dataset.slug}))
        self._words(node, DCTERMS.title, PORTAL, f": {dataset.slug} ({file_type})")
        self._all(
            node,
            (
                (RDF.type, DCAT.Distribution),
                (DCAT.accessURL, self._of_class(page, RDFS.Resource)),
                (DCAT.downloadURL, self._of_class(address, RDFS.Resource)),
                (DCTERMS.license, self.licence),
                (
                    DCTERMS["format"],
                    self._concept(f"file-type/{file_type}", DCTERMS.MediaTypeOrExtent),
                ),
                (DCAT.mediaType, self._of_class(str(IANA[media]), DCTERMS.MediaType)),
                (DCATAP.availability, self.stable),
                (DCAT.accessService, self.service),
            ),
        )
        self.graph.add((of, DCAT.distribution, node))

    def _span(self, dataset: Dataset) -> Node:
        """From the first day of the first period to the last day of the last."""
        first, last = (
            periods.Period.at(time, dataset.period)
            for time in (dataset.times[0], dataset.times[-1])
        )
        node = URIRef(absolute(f"/catalog.ttl#{dataset.slug}.time"))
        self._all(
            node,
            (
                (RDF.type, DCTERMS.PeriodOfTime),
                (DCAT.startDate, Literal(first.start, datatype=XSD.date)),
                (DCAT.endDate, Literal(last.after - timedelta(days=1), datatype=XSD.date)),
            ),
        )
        return node

    def _languages(self) -> list[URIRef]:
        return [
            self._concept(f"language/{LANGUAGE[code]}", DCTERMS.LinguisticSystem)
            for code in LANGUAGES
        ]

    def _concept(self, name: str, kind: URIRef) -> URIRef:
        return self._of_class(str(EU[name]), kind)

    def _label(self, name: str, label: str) -> URIRef:
        """A concept with its own name, in English."""
        node = self._concept(name, SKOS.Concept)
        self.graph.add((node, SKOS.prefLabel, Literal(label, "en")))
        return node

    def _of_class(self, address: str, kind: URIRef) -> URIRef:
        node = URIRef(address)
        self.graph.add((node, RDF.type, kind))
        return node

    def _words(self, node: Node, term: URIRef, words: str, tail: str = "") -> None:
        for language in LANGUAGES:
            with in_language(language):
                self.graph.add((node, term, Literal(f"{gettext(words)}{tail}", language)))

    def _all(self, node: Node, pairs: Iterable[tuple[URIRef, Node]]) -> None:
        for term, value in pairs:
            self.graph.add((node, term, value))
