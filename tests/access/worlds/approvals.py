"""An article with a draft that somebody outside is asked to approve."""

from content.approvals import services
from tests.factories.content import ArticleFactory


def build(people):
    draft = ArticleFactory(live=False)
    draft.save_revision()
    draft.refresh_from_db()
    asked = services.ask(
        [draft],
        by=people["editor"],
        name="Example Lawyer",
        organisation="Example Ministry",
        email="lawyer@example.org",
        language="en",
        message="",
    )
    return {"approval_key": asked.key.hex, "approval_page": draft.pk}
