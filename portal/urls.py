"""The site's map. Addresses with a language first, Wagtail's pages last.

A room's addresses stand in its urls.py, below its `prefix`; those without a language, for
programs, in its plain_urls.py."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from portal.accounts import closed
from portal.discovery import plain_urls, room_urls
from portal.media.views import document, rendition
from portal.views.desk import desk
from portal.views.embed import embed
from portal.views.language import language
from portal.views.root import root
from portal.views.style import style

handler400 = "portal.views.errors.bad_request"
handler403 = "portal.views.errors.forbidden"
handler404 = "portal.views.errors.not_found"
handler429 = "portal.views.errors.too_many_requests"  # allauth asks for it
handler500 = "portal.views.errors.server_error"

urlpatterns = [
    path("", root),
    path("language/", language, name="language"),
    path("", include("portal.operations.urls")),
    path("api/v1/", include("portal.api.urls")),
    *(path(urls.prefix, include(urls)) for urls in plain_urls()),
    path("accounts/", include("portal.accounts.urls")),
    path("cms/", include(closed.cms)),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(closed.documents)),
    path("documents/<int:document_id>/<str:name>", document, name="document"),
    path("documents/", include(wagtaildocs_urls)),
    path("embed/<str:word>/", embed, name="embed"),
    path("media/images/<str:name>", rendition, name="rendition"),
    *i18n_patterns(
        *(path(urls.prefix, include(urls)) for urls in room_urls()),
        path(_("about/style/"), style, name="style"),
        path(_("desk/"), desk, name="desk"),
        path("", include("content.urls")),
        path("", include(closed.site)),
        path("", include(wagtail_urls)),
    ),
]
