"""An amendment of section 14, from its file to the last check of all that rests on it."""

import json
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from wagtail.log_actions import registry

from law.models import AmendmentEffect, ImpactReview, Section
from monitoring.indicators.models import IndicatorSection
from tests.factories.accounts import UserFactory
from tests.factories.content import ArticleFactory, NewsFactory, law_box, publish
from tests.factories.law import AMENDMENT, before_amendment
from tests.factories.monitoring import IndicatorFactory

pytestmark = pytest.mark.django_db
TOLD = {
    "fi": "14 § muuttui 15.3.2027; tätä sivua tarkistetaan.",
    "sv": "14 § ändrades den 15 mars 2027; den här sidan kontrolleras.",
    "en": "Section 14 was amended on 15 March 2027; this page is being checked.",
}


def import_law(tmp_path):
    file = tmp_path / "invented-150-2027.json"
    file.write_text(json.dumps(AMENDMENT))
    out = StringIO()
    call_command("import_law", str(file), stdout=out)
    return out.getvalue()


def text_of(client, path):
    return " ".join(client.get(path).content.decode().split())


@time_machine.travel("2027-03-20 12:00+02:00")
def test_an_amendment_reaches_everything_that_rests_on_the_section(the_act, client, tmp_path):
    section = Section.objects.get(number="14")
    for language in ("fi", "sv", "en"):
        setattr(section, f"summary_{language}", "Lyhyesti.")
    section.save()
    before_amendment(section)
    finnish = ArticleFactory(
        language="fi", title="Arviointi", keeper="lawyer", body=[law_box(section)]
    )
    swedish, english = (
        ArticleFactory(
            language=language, together=finnish, keeper="lawyer", body=[law_box(section)]
        )
        for language in ("sv", "en")
    )
    news = NewsFactory(title="New forms", body=[law_box(section)])
    indicator = IndicatorFactory()
    IndicatorSection.objects.create(indicator=indicator, section=section)

    said = import_law(tmp_path)

    assert "Work lists opened: 1, with 6 checks" in said
    change = AmendmentEffect.objects.get(section=section)
    owners = set(change.reviews.values_list("kind", "subject", "owner", "state"))
    assert owners == {
        *(("guidance", str(page.pk), "lawyer", "open") for page in (finnish, swedish, english)),
        ("news", str(news.pk), "editor", "open"),
        ("indicator", str(indicator.pk), "statistician", "open"),
        ("summary", str(section.pk), "lawyer", "open"),
    }
    for page in (finnish, swedish, english, news):
        assert TOLD[page.language] in text_of(client, page.url_path)
    for language, path in (
        ("fi", "fi/indikaattorit"),
        ("sv", "sv/indikatorer"),
        ("en", "en/indicators"),
    ):
        assert TOLD[language] in text_of(client, f"/{path}/{indicator.slug}/")

    lawyer = UserFactory(role="lawyer", first_name="Laura", last_name="Example")
    client.force_login(lawyer)
    html = text_of(client, f"/cms/law-changes/{change.pk}/?owner=all")
    assert "kolmen" in html and "kahden" in html and "<del>" in html and "<ins>" in html
    thing = {"kind": "guidance", "thing": str(finnish.translation_key), "note": "Same duty."}
    html = " ".join(
        client.post(f"/cms/law-changes/{change.pk}/", thing, follow=True).content.decode().split()
    )
    assert "its banner is gone in 3 languages" in html and "Laura Example" in html

    editor = UserFactory(role="editor")
    publish(news, note="The forms changed with the law.", user=editor)

    still_open = change.reviews.filter(state=ImpactReview.State.OPEN)
    assert set(still_open.values_list("kind", flat=True)) == {"indicator", "summary"}
    client.logout()
    for page in (finnish, swedish, english, news):
        assert "law-banner" not in text_of(client, page.url_path)
    log = registry.get_logs_for_instance(change).order_by("pk")
    assert [(entry.action, entry.user) for entry in log] == [
        ("law.open", None),
        ("law.confirm", lawyer),
        ("law.changed", editor),
    ]
    assert "nothing changed" in import_law(tmp_path)
    assert AmendmentEffect.objects.count() == 1
