"""Every way in is here: allauth, under the site's own looks."""

from allauth.urls import urlpatterns

__all__ = ["urlpatterns"]
