"""Addresses of asking. The list of answers above them and each answer are Wagtail's pages."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from .views import asking, own
from .views.feeds import AnswersFeed

prefix = _("questions/")
app_name = "questions"
urlpatterns = [
    path("feed.atom", AnswersFeed(), name="feed"),
    path(_("ask/"), asking.ask, name="ask"),
    path(_("mine/"), own.mine, name="mine"),
    path(_("mine/<str:number>/"), own.case, name="case"),
    path(_("mine/<str:number>/withdraw/"), own.withdraw, name="withdraw"),
]
