"""An article that is published, one that is a draft, and one for the lawyers alone."""

from django.contrib.auth.models import Group
from wagtail.models import PageViewRestriction

from tests.factories.content import ArticleFactory
from tests.factories.law import SectionFactory


def build(people):
    team = ArticleFactory()
    restriction = PageViewRestriction.objects.create(page=team, restriction_type="groups")
    restriction.groups.add(Group.objects.get(name="lawyer"))
    return {
        "article": ArticleFactory().url_path,
        "draft_article": ArticleFactory(live=False).url_path,
        "team_article": team.url_path,
        "chosen_section": SectionFactory().pk,
    }
