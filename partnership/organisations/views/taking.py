"""What an organisation takes with it: the file of all that it owns, for its owners."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse

from partnership.organisations.owned import export

from .own import owned


@login_required
def taking(request, slug):
    """All that the organisation owns, as a zip: 404 for strangers, 403 for its other people."""
    organisation = owned(request, slug)
    response = HttpResponse(export(organisation).as_zip(), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{organisation.slug}.zip"'
    response.headers["Cache-Control"] = "no-store"
    return response
