import factory

from portal.places.models import Area, Belonging


class AreaFactory(factory.django.DjangoModelFactory):
    """An employment area, unless told otherwise."""

    class Meta:
        model = Area

    kind = Area.Kind.EMPLOYMENT_AREA
    code = factory.Sequence(lambda n: f"{n % 1000:03}")
    name_fi = factory.LazyAttribute(lambda area: f"Esimerkkialue {area.code}")
    name_sv = factory.LazyAttribute(lambda area: f"Exempelområde {area.code}")
    name_en = factory.LazyAttribute(lambda area: f"Example area {area.code}")


class BelongingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Belonging

    part = factory.SubFactory(AreaFactory, kind=Area.Kind.MUNICIPALITY)
    whole = factory.SubFactory(AreaFactory)
