from tests.factories.feedback import FeedbackFactory


def build(people):
    return {"feedback": FeedbackFactory().pk}
