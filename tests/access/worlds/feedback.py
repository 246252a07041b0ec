from portal.feedback import pages
from tests.factories.feedback import FeedbackFactory, OpinionFactory


def build(people):
    return {
        "feedback": FeedbackFactory().pk,
        "opinion": OpinionFactory(owner="lawyer").pk,
        "opinion_page": pages.word("/en/areas/", "editor"),
    }
