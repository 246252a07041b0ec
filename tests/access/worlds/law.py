from tests.factories.content import ArticleFactory, law_box
from tests.factories.law import (
    IncomingAmendmentFactory,
    PendingBillFactory,
    SectionFactory,
    opened_change,
)


def build(people):
    section = SectionFactory(number="14", summary_fi="Lyhyesti")
    page = ArticleFactory(body=[law_box(section)])
    change = opened_change(section=section)
    return {
        "act": "681-2023",
        "law_change": change.pk,
        "law_wording": change.after_id,
        "law_thing": str(page.translation_key),
        "law_incoming": IncomingAmendmentFactory(act=section.act).pk,
        "law_section": section.pk,
        "law_bill": PendingBillFactory(sections=[section]).pk,
    }
