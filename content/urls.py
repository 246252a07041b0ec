"""Addresses of what editors write: the feed of news, then every page by its place in the tree."""

from django.urls import path, re_path
from django.utils.translation import gettext_lazy as _

from .views.feeds import NewsFeed
from .views.pages import page

app_name = "content"
urlpatterns = [
    path(_("news/feed.atom"), NewsFeed(), name="news_feed"),
    re_path(r"^(?!_util/)(?P<path>(?:[\w\-]+/)*)$", page, name="page"),
]
