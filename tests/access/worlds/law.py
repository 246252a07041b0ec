from tests.factories.law import SectionFactory


def build(people):
    SectionFactory(number="14")
    return {"act": "681-2023"}
