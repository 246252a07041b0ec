"""The catalogue of the data, by the shapes that are published for it.

dcat-ap/ has the SHACL shapes of DCAT-AP 3.0.0, of all classes and of their ranges, from
https://github.com/SEMICeu/DCAT-AP, releases/3.0.0/html/shacl (commit 7c531da), CC BY 4.0,
© European Union.
"""

from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import DCAT, DCTERMS, RDF, Graph, URIRef

from portal.places.models import Area
from tests.factories.datasets import released_dataset
from tests.factories.places import AreaFactory
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db
SHAPES = Path(__file__).parent / "dcat-ap"
FORMS = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml"}


@pytest.fixture
def area():
    return AreaFactory(kind=Area.Kind.EMPLOYMENT_AREA, code="01")


def read(client, extension="ttl"):
    answer = client.get(f"/catalog.{extension}")
    assert answer.status_code == 200
    return Graph().parse(data=answer.content, format=FORMS[extension])


def problems(graph):
    shapes = Graph()
    for name in ("shapes", "range"):
        shapes.parse(SHAPES / f"{name}.ttl")
    _conforms, _report, text = validate(graph, shacl_graph=shapes, advanced=True)
    return [line for line in text.splitlines() if "Message:" in line or "Result Path" in line]


@pytest.mark.parametrize("datasets", [0, 2])
def test_it_passes_the_shapes_of_dcat_ap(client, area, datasets):
    for _number in range(datasets):
        released_dataset([area])

    assert problems(read(client)) == []


def test_the_shapes_see_what_is_missing(client, area):
    released_dataset([area])
    graph = read(client)
    graph.remove((None, DCTERMS.title, None))

    assert problems(graph)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # its own
@pytest.mark.parametrize("extension", FORMS)
def test_each_form_has_the_datasets_and_says_which_are_examples(client, area, extension):
    released_dataset([area], slug="invented")
    released_dataset([area], slug="real", example=False)
    graph = read(client, extension)
    titles = {
        str(one).rpartition("#")[2]: {str(title) for title in graph.objects(one, DCTERMS.title)}
        for one in graph.subjects(RDF.type, DCAT.Dataset)
    }

    assert titles.keys() == {"invented", "real"}
    assert any(title.startswith("Example: ") for title in titles["invented"])
    assert not any(title.startswith("Example: ") for title in titles["real"])


def test_each_file_is_where_the_catalogue_says(client, area):
    released_dataset([area])
    addresses = [str(one) for one in read(client).objects(None, DCAT.downloadURL)]

    assert len(addresses) == 3
    for address in addresses:
        assert client.get(address.removeprefix("https://portal.example.org")).status_code == 200


def test_what_is_not_released_is_not_in_it_and_the_licence_is(client, area):
    dataset = released_dataset([area])
    dataset.released_at = None
    dataset.save()
    graph = read(client)

    assert not list(graph.subjects(RDF.type, DCAT.Dataset))
    licence = URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert list(graph.subjects(DCTERMS.license, licence))


def test_six_cost_the_queries_of_one_and_any_site_may_read(client, area):
    released_dataset([area])
    one = queries_of_page(client, "/catalog.ttl")
    for _number in range(5):
        released_dataset([area])

    assert queries_of_page(client, "/catalog.ttl") == one
    answer = client.get("/catalog.ttl")
    assert answer["Access-Control-Allow-Origin"] == "*" and answer["ETag"]
    assert client.get("/catalog.ttl", headers={"If-None-Match": answer["ETag"]}).status_code == 304
