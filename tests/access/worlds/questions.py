from content.questions.models import AnswerTemplate
from partnership.organisations.models import Organisation
from tests.factories.partnership import OrganisationFactory, RepresentativeFactory
from tests.factories.questions import QuestionFactory, answer_page


def build(people):
    """A question of member's own, and three of org_owner's for the house of org_member too."""
    house = OrganisationFactory(slug="asking")
    for role in ("org_owner", "org_member"):
        RepresentativeFactory(organisation=house, user=people[role])
    assert Organisation.objects.of(people["org_member"]).filter(pk=house.pk).exists()
    asked = {"asker": people["org_owner"], "organisation": house}
    questions = {
        "own_question": QuestionFactory(asker=people["member"]),
        "shared_question": QuestionFactory(shared=True, **asked),
        "unshared_question": QuestionFactory(**asked),
        "secret_question": QuestionFactory(shared=True, secret=True, **asked),
    }
    return {
        **{name: question.slug for name, question in questions.items()},
        **{f"{name}_pk": question.pk for name, question in questions.items()},
        "answer_template": AnswerTemplate.objects.create(name="Opening", text_en="Thank you.").pk,
        "answer": (answer := answer_page()).url_path,
        "answer_slug": answer.slug,
        "draft_answer": (draft := answer_page(live=False)).url_path,
        "draft_answer_slug": draft.slug,
    }
