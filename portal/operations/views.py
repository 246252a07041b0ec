"""Answers to machines: health, metrics, crawlers and password managers."""

from datetime import timedelta

from django.conf import settings
from django.contrib.sitemaps.views import sitemap as django_sitemap
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from portal import health, sitemaps

from .metrics import page as metrics_page

LOOPBACK = ("127.0.0.1", "::1")
KEPT_OUT = ("/cms/", "/accounts/", "/documents/", "/metrics")


@require_safe
@never_cache
def livez(request):
    """200 as long as the process answers; asks nothing of anything else."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request):
    """200 when the portal can serve, else 503; JSON with one word for each part it needs."""
    ready, parts = health.report()
    return JsonResponse({"ready": ready, **parts}, status=200 if ready else 503)


@require_safe
@never_cache
def metrics(request):
    """Prometheus's text format, for who shows METRICS_TOKEN; in demo mode also for this machine.

    For all others the address does not exist.
    """
    shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
    token = settings.METRICS_TOKEN
    if token and constant_time_compare(shown, token):
        return HttpResponse(metrics_page(), content_type=CONTENT_TYPE_LATEST)
    if settings.DEMO and request.META["REMOTE_ADDR"] in LOOPBACK:
        return HttpResponse(metrics_page(), content_type=CONTENT_TYPE_LATEST)
    raise Http404


@require_safe
def robots(request):
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in KEPT_OUT),
        "",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_safe
def sitemap(request):
    """Every public address with its other languages, as the apps have registered them."""
    return django_sitemap(request, sitemaps.sitemaps())


@require_safe
def security_txt(request):
    """RFC 9116: whom to tell of a weakness. It says itself that it holds for half a year."""
    expires = (timezone.now() + timedelta(days=180)).replace(microsecond=0)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires.isoformat().replace('+00:00', 'Z')}",
        "Preferred-Languages: fi, sv, en",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def change_password(request):
    """Where password managers lead a person who wants a new password."""
    return HttpResponseRedirect(reverse("account_change_password"))
