"""What the rooms answer, what they never answer, and in how many queries."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.text import slugify

from law import references
from law.models import Section, SectionVersion
from partnership.organisations.models import Membership
from portal.places.models import Area
from portal.topics.models import Topic
from tests.factories.content import ArticleFactory, law_box
from tests.factories.courses import CourseFactory, lesson_of
from tests.factories.datasets import released_dataset
from tests.factories.law import ActFactory, AmendmentFactory, PendingBillFactory, SectionFactory
from tests.factories.monitoring import IndicatorFactory, ObservationFactory
from tests.factories.partnership import MembershipFactory, OrganisationFactory
from tests.factories.places import AreaFactory, BelongingFactory
from tests.factories.questions import answer_page
from tests.factories.topics import TopicFactory
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db

API = "/api/v1"
SECTIONS = f"{API}/law/acts/681-2023/sections"
Status = Membership.Status


def items(client, path, **query):
    return client.get(f"{API}/{path}", query).json()["items"]


def slugs(client, path, **query):
    return [item["slug"] for item in items(client, path, **query)]


def an_act(number):
    act = ActFactory(number=number + 1, year=2020)
    AmendmentFactory(act=act)


def a_section(number):
    section = SectionFactory(number=str(100 + number), position=100 + number)
    a_wording(section, date(2025, 1, 1))


def an_area(number):
    area = AreaFactory(kind=Area.Kind.EMPLOYMENT_AREA, code=f"{number + 50}")
    BelongingFactory(part__code=f"{number + 500}", whole=area)


def an_organisation(number):
    topic = Topic.objects.first()
    organisation = OrganisationFactory(
        areas=[AreaFactory(code=f"{number + 60}")], topics=[topic] if topic else []
    )
    MembershipFactory(organisation=organisation, status=Status.ACTIVE)


def an_indicator(number):
    ObservationFactory(indicator=IndicatorFactory())


def a_dataset(number):
    released_dataset([AreaFactory(code=f"{number + 70}")], years=(2024,))


def an_answer(number):
    section = SectionFactory(number=str(200 + number), position=200 + number)
    later = answer_page("fi", applies_from=date(2025, 1, 1))
    page = answer_page(
        "fi",
        body=[law_box(section)],
        topics=[TopicFactory()],
        replaced_by=later,
        applies_to=date(2025, 1, 1),
    )
    answer_page("sv", together=page)


def a_course(number):
    lesson_of(CourseFactory(language="fi"), f"Lesson {number}")


def a_bill(number):
    PendingBillFactory(sections=[SectionFactory(number=str(300 + number))])


def a_wording(section, begins, ends=None, **fields):
    return SectionVersion.objects.create(
        section=section,
        valid_from=begins,
        valid_to=ends,
        fetched_on=date(2025, 6, 1),
        source="Finlex",
        **fields,
    )


@pytest.mark.parametrize(
    ("path", "another"),
    [
        (f"{API}/law/acts", an_act),
        (SECTIONS, a_section),
        (f"{SECTIONS}?on=2025-06-01", a_section),
        (f"{API}/law/bills", a_bill),
        (f"{API}/areas", an_area),
        (f"{API}/areas?on=2025-06-01&kind=municipality", an_area),
        (f"{API}/organisations", an_organisation),
        (f"{API}/indicators", an_indicator),
        (f"{API}/datasets", a_dataset),
        (f"{API}/questions", an_answer),
        (f"{API}/courses", a_course),
        (f"{API}/questions?validity=replaced", an_answer),
    ],
)
def test_six_cost_the_queries_of_one(path, another, client):
    another(0)
    one = queries_of_page(client, path)
    for number in range(1, 6):
        another(number)

    assert queries_of_page(client, path) == one


def test_drafts_applicants_and_former_members_are_never_there(client):
    MembershipFactory(organisation__slug="member", status=Status.ACTIVE)
    for status in Status:
        if status != Status.ACTIVE:
            MembershipFactory(organisation__slug=f"canary-{status}", status=status)
    OrganisationFactory(slug="canary-without")
    IndicatorFactory(slug="published")
    IndicatorFactory(slug="canary-draft", published=False)

    assert slugs(client, "organisations") == ["member"]
    assert slugs(client, "indicators") == ["published"]
    assert client.get(f"{API}/organisations").json()["meta"]["total"] == 1
    for slug in (*(f"canary-{status}" for status in Status), "canary-without"):
        assert client.get(f"{API}/organisations/{slug}").status_code == 404
    assert client.get(f"{API}/indicators/canary-draft").status_code == 404


def test_what_rests_on_a_section_is_what_a_reader_without_an_account_sees(client):
    section = SectionFactory(number="14")
    article = f'<a linktype="section" id="{section.pk}">14</a>'
    shown = ArticleFactory(title="An open article", body=[("text", f"<p>{article}</p>")])
    ArticleFactory(title="A canary draft", body=[("text", f"<p>{article}</p>")], live=False)
    language = shown.locale.language_code

    body = client.get(f"{SECTIONS}/14", {"language": language}).json()["item"]
    expected = references.backlinks_to([section], AnonymousUser(), language)[section.pk]

    assert [thing["title"] for thing in body["resting"]] == [item.title for _kind, item in expected]
    assert "An open article" in [thing["title"] for thing in body["resting"]]
    assert "canary" not in str(body)


def test_contact_addresses_and_the_people_are_left_out(client):
    membership = MembershipFactory(
        organisation__slug="member", organisation__email="canary@example.org", status=Status.ACTIVE
    )

    for path in ("organisations", "organisations/member"):
        text = client.get(f"{API}/{path}").content.decode()
        assert "@" not in text and membership.motivation not in text


def test_a_section_is_read_as_of_a_day(client):
    amendment = AmendmentFactory(number=322, year=2024, in_force_from=date(2025, 7, 1))
    section = SectionFactory(number="14")
    a_wording(section, date(2025, 1, 1), date(2025, 6, 30), heading_fi="Vanha")
    a_wording(section, date(2025, 7, 1), heading_fi="Uusi", amendment=amendment)

    every = client.get(f"{SECTIONS}/14").json()["item"]["wordings"]
    then = client.get(f"{SECTIONS}/14?on=2025-06-30").json()["item"]["wordings"]
    now = client.get(f"{SECTIONS}/14?on=2025-07-01").json()["item"]["wordings"]

    assert [wording["heading_fi"] for wording in every] == ["Vanha", "Uusi"]
    assert [wording["heading_fi"] for wording in then] == ["Vanha"]
    assert [wording["heading_fi"] for wording in now] == ["Uusi"]
    assert now[0]["amended_by"] == "322/2024" and then[0]["amended_by"] is None
    assert client.get(f"{SECTIONS}/14?on=2024-12-31").status_code == 404


def test_sections_without_wordings_go_by_the_dates_of_the_acts(client):
    AmendmentFactory(number=322, year=2024, in_force_from=date(2025, 7, 1))
    SectionFactory(number="1")
    SectionFactory(number="2", added_by="322/2024")
    SectionFactory(
        number="3",
        status=Section.Status.REPEALED,
        repealed_from=date(2025, 6, 1),
        repealed_by="322/2024",
    )

    def on(day):
        return [item["section"] for item in client.get(SECTIONS, {"on": day}).json()["items"]]

    assert on("2024-12-31") == []
    assert on("2025-05-31") == ["1", "3"]
    assert on("2025-06-01") == ["1"]
    assert on("2025-07-01") == ["1", "2"]
    assert client.get(f"{SECTIONS}/3?on=2025-06-01").status_code == 404
    assert client.get(f"{SECTIONS}/3?on=2025-05-31").status_code == 200


def test_sections_can_be_chosen(client):
    SectionFactory(number="1", chapter__number="1")
    SectionFactory(number="2", chapter__number="2", status=Section.Status.REPEALED)

    def chosen(**query):
        return [item["section"] for item in client.get(SECTIONS, query).json()["items"]]

    assert chosen(chapter="1") == ["1"]
    assert chosen(status="repealed") == ["2"]
    assert chosen(chapter="9") == []


def test_page_addresses_are_in_the_language_that_is_asked_for(client):
    SectionFactory(number="14")

    def address(language):
        return client.get(f"{SECTIONS}/14", {"language": language}).json()["item"]["url"]

    assert address("fi") == "https://portal.example.org/fi/laki/681-2023/14/"
    assert address("sv") == "https://portal.example.org/sv/lag/681-2023/14/"
    assert address("en") == "https://portal.example.org/en/law/681-2023/14/"


def test_areas_can_be_chosen_by_day_kind_and_where_they_lie(client):
    region = AreaFactory(kind=Area.Kind.REGION, code="01")
    ended = AreaFactory(kind=Area.Kind.MUNICIPALITY, code="100", valid_to=date(2020, 12, 31))
    town = AreaFactory(kind=Area.Kind.MUNICIPALITY, code="091")
    BelongingFactory(part=town, whole=region, valid_from=date(2021, 1, 1))

    def keys(**query):
        return [item["area"] for item in items(client, "areas", **query)]

    assert keys() == ["KU091", "KU100", "MK01"]
    assert keys(on="2021-01-01") == ["KU091", "MK01"]
    assert keys(on="2020-12-31") == ["KU091", ended.key, "MK01"]
    assert keys(kind="region") == ["MK01"]
    assert keys(within="MK01") == ["KU091"]
    assert keys(within="MK01", on="2020-12-31") == []
    assert client.get(f"{API}/areas", {"within": "MK99"}).status_code == 400
    belonging = client.get(f"{API}/areas/KU091").json()["item"]["belongs_to"]
    assert belonging == [{"area": "MK01", "valid_from": "2021-01-01", "valid_to": None}]
    assert client.get(f"{API}/areas/KU100", {"on": "2021-01-01"}).status_code == 404


def test_organisations_can_be_chosen_and_are_in_the_order_of_the_alphabet(client):
    area = AreaFactory(code="05")
    for name, kind in (("Öljy", "company"), ("Apu", "association"), ("Zeta", "association")):
        organisation = OrganisationFactory(
            name_fi=name, slug=slugify(name), kind=kind, areas=[area]
        )
        MembershipFactory(organisation=organisation, status=Status.ACTIVE)

    assert slugs(client, "organisations") == ["apu", "zeta", "oljy"]
    assert slugs(client, "organisations", kind="company") == ["oljy"]
    assert slugs(client, "organisations", area="TA05", q="apu") == ["apu"]
    assert slugs(client, "organisations", limit=1, page=2) == ["zeta"]
    for name in ("area", "topic"):
        response = client.get(f"{API}/organisations", {name: "x"})
        assert response.json()["errors"][0]["parameter"] == name


def test_an_indicator_says_how_it_may_be_read_and_where_its_values_are(client):
    ObservationFactory(indicator=IndicatorFactory(slug="rate"))

    item = client.get(f"{API}/indicators/rate", {"language": "en"}).json()["item"]

    assert item["misreading"]["sv"] == "misreading sv" and item["updated"]
    assert client.get(item["csv"]).status_code == 200
    assert slugs(client, "indicators", domain="housing") == []


def test_a_bill_says_how_far_it_has_come_and_who_has_looked(client):
    section = SectionFactory(number="14")
    bill = PendingBillFactory(
        number="HE 13/2026", sections=[section], confirmed_on=date(2026, 2, 23), stage="parliament"
    )
    PendingBillFactory(stage="withdrawn")

    [item] = client.get(f"{API}/law/bills", {"stage": "parliament"}).json()["items"]
    whole = client.get(f"{API}/law/bills/{bill.pk}").json()["item"]

    assert (item["number"], item["unchecked"]) == ("HE 13/2026", True)
    assert item["sections"] == ["681/2023:14"] and item["acts"] == ["681/2023"]
    assert item.items() <= whole.items()
    assert client.get(f"{API}/law/bills/0").status_code == 404
