from tests.factories.places import AreaFactory


def build(people):
    return {"area": AreaFactory().key}
