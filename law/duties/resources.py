"""What duties bring to the portal: a section of the area pages that rests on the law."""

from portal.resources import ResourceType, register

from . import references, sections
from .models import Duty

register(ResourceType(references.KEY, models=(Duty,), can=(references.REFERRER, sections.SECTION)))
