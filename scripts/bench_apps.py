"""The two WSGI applications that `make bench` measures: the portal, and a bare Django beside it.

gunicorn loads `bench_apps:application`; BENCH names which. Each answer tells in its headers what
the process has used of the CPU since it began, in milliseconds, how many queries the answer made,
and which process of PostgreSQL it asked.
"""

import os
import sys
import time

import django
import environ
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

LIST = "<ul>{% for type in types %}<li>{{ type.app_label }}: {{ type.model }}</li>{% endfor %}</ul>"


def bare(request):
    return HttpResponse("A constant.")


def orm(request):
    content_types = django.apps.apps.get_model("contenttypes", "ContentType")
    return render(request, "list.html", {"types": content_types.objects.all()[:10]})


urlpatterns = [path("bare/", bare), path("orm/", orm)]


def configure_bare() -> None:
    """A project as `startproject` makes it, on the portal's database."""
    names = "security.SecurityMiddleware common.CommonMiddleware csrf.CsrfViewMiddleware"
    loaders = [("django.template.loaders.locmem.Loader", {"list.html": LIST})]
    cached = [("django.template.loaders.cached.Loader", loaders)]
    settings.configure(
        SECRET_KEY=os.environ["SECRET_KEY"],
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        DATABASES={"default": django_database()},
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes"],
        MIDDLEWARE=[
            *(f"django.middleware.{name}" for name in names.split()),
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {"loaders": cached},
            }
        ],
    )


def django_database() -> dict:
    """The portal's own database settings, read without loading the portal."""
    url = os.environ["DATABASE_URL"]
    return {**environ.Env.db_url_config(url), "CONN_MAX_AGE": 60}


def backend() -> str:
    """The process of PostgreSQL that serves this connection; empty on SQLite or without one."""
    if connection.vendor != "postgresql" or connection.connection is None:
        return ""
    return str(connection.connection.info.backend_pid)


def measured(application):
    """Tell in headers what each answer cost."""

    def measuring(wsgi_environ, start_response):
        queries = 0

        def count(execute, *arguments):
            nonlocal queries
            queries += 1
            return execute(*arguments)

        def start(status, headers, exc_info=None):
            told = [
                ("X-Bench-CPU", f"{time.process_time() * 1000:.3f}"),
                ("X-Bench-Queries", str(queries)),
                ("X-Bench-Backend", backend()),
            ]
            return start_response(status, [*headers, *told], exc_info)

        with connection.execute_wrapper(count):
            return application(wsgi_environ, start)

    return measuring


if os.environ["BENCH"] == "bare":
    configure_bare()
else:
    sys.path.insert(0, os.getcwd())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
application = measured(get_wsgi_application())
