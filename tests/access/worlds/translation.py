"""An article with a translation into Swedish in work."""

from wagtail.models import Locale

from content.translation.sources import begin
from tests.factories.content import ArticleFactory


def build(people):
    article = ArticleFactory(language="fi")
    begin(article, Locale.objects.get(language_code="sv"), by=people["editor"])
    return {"translated_key": article.translation_key}
