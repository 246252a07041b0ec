"""What the glossary brings to the portal."""

from django.utils.translation import gettext_lazy as _

from portal.resources import Listed, Place, ResourceType, register
from portal.sitemaps import Views

from . import references
from .models import Term

register(
    ResourceType(
        references.KEY,
        models=(Term,),
        can=(
            references.REFERRER,
            Listed(
                about=Place("glossary:index", _("Glossary"), order=10),
                home={"glossary": Place("glossary:index", _("Glossary"), order=60)},
                sitemaps={"glossary": Views("glossary:index")},
            ),
        ),
    )
)
