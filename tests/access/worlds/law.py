from portal.law import impact
from tests.factories.content import ArticleFactory, law_box
from tests.factories.law import SectionChangeFactory, SectionFactory


def build(people):
    section = SectionFactory(number="14", summary_fi="Lyhyesti")
    page = ArticleFactory(body=[law_box(section)])
    change = SectionChangeFactory(section=section)
    impact.open_lists([change])
    return {
        "act": "681-2023",
        "law_change": change.pk,
        "law_wording": change.after_id,
        "law_thing": str(page.translation_key),
        "law_section": section.pk,
    }
