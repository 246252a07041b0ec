"""Addresses of what editors write: the feed of news, then every page by its place in the tree."""

from django.urls import path, re_path, register_converter
from django.utils.translation import gettext_lazy as _

from content.editorial.views import history, version
from content.pages.views.calendar import deadlines
from content.pages.views.feeds import NewsFeed
from content.pages.views.moved import guidance_in_swedish
from content.pages.views.pages import page
from content.reports import views as reports
from content.skills import views as skills


class Tree:
    """The place of a page in the tree of its language: one slug or more, each with its slash."""

    regex = r"(?!_util/)(?:[\w\-]+/)+"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(Tree, "tree")

app_name = "content"
urlpatterns = [
    path(_("news/feed.atom"), NewsFeed(), name="news_feed"),
    re_path(r"^vagledning/(?P<rest>(?:[\w\-]+/)*)$", guidance_in_swedish, name="moved"),
    path(_("deadlines.ics"), deadlines, name="deadlines"),
    path(_("<tree:path>history/"), history, name="history"),
    path(_("<tree:path>history/<int:number>/"), version, name="version"),
    path("<tree:path>report.pdf", reports.report_pdf, name="report_pdf"),
    path("<tree:path>annexes/<slug:area>.pdf", reports.annex_pdf, name="report_annex"),
    path("<tree:path>data.zip", reports.data_zip, name="report_data"),
    path("<tree:path>figures/<slug:key>.svg", reports.figure_svg, name="report_figure"),
    path("<tree:path>figures/<slug:key>.csv", reports.figure_csv, name="report_figure_csv"),
    path(_("skills/<slug:course>/test/"), skills.test, name="course_test"),
    path(_("skills/<slug:course>/begin/"), skills.begin, name="course_begin"),
    path(_("skills/<slug:course>/<slug:lesson>/answers/"), skills.answer, name="course_answer"),
    path(_("skills/<slug:course>/<slug:lesson>/done/"), skills.done, name="course_done"),
    path(_("skills/"), page, {"path": "skills/"}, name="skills"),
    path(_("reports/"), page, {"path": "reports/"}, name="reports"),
    re_path(r"^(?!_util/)(?P<path>(?:[\w\-]+/)*)$", page, name="page"),
]
