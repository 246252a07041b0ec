"""An article that is published, one that is a draft, and one for the lawyers alone."""

from django.contrib.auth.models import Group
from wagtail.models import PageViewRestriction
from wagtail_localize.models import TranslationSource

from tests.factories.content import ArticleFactory
from tests.factories.law import SectionFactory


def build(people):
    team = ArticleFactory()
    restriction = PageViewRestriction.objects.create(page=team, restriction_type="groups")
    restriction.groups.add(Group.objects.get(name="lawyer"))
    article, draft = ArticleFactory(), ArticleFactory(live=False)
    return {
        "article": article.url_path,
        "article_id": article.pk,
        "draft_article": draft.url_path,
        "draft_id": draft.pk,
        "draft_key": draft.translation_key,
        "translation_source": TranslationSource.get_or_create_from_instance(article)[0].pk,
        "team_key": team.translation_key,
        "team_article": team.url_path,
        "chosen_section": (section := SectionFactory()).pk,
        "chosen_chapter": section.chapter_id,
        "chosen_act": section.act_id,
    }
