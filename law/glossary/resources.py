"""What the glossary brings to the portal."""

from django.utils.translation import gettext_lazy as _

from portal.resources import Listed, Place, ResourceType, register
from portal.search_api import Searchable
from portal.sitemaps import Views

from . import documents, references
from .models import Term

register(
    ResourceType(
        references.KEY,
        models=(Term,),
        can=(
            references.REFERRER,
            Searchable(name=_("Term"), plural=_("Terms"), documents=documents.terms, order=32),
            Listed(
                about=Place("glossary:index", _("Glossary"), order=10),
                home={"glossary": Place("glossary:index", _("Glossary"), order=60)},
                sitemaps={"glossary": Views("glossary:index")},
            ),
        ),
    )
)
