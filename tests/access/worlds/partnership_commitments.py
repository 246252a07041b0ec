from partnership.organisations.models import Organisation
from tests.factories.commitments import AskFactory, CommitmentFactory, ReportFactory


def build(people):
    """A public commitment, a draft, a letter's key and a report of the organisation `partner`."""
    partner = Organisation.objects.get(slug="partner")
    public = CommitmentFactory(organisation=partner, title="A promise")
    share = public.shares.get()
    return {
        "commitment": public.pk,
        "draft_commitment": CommitmentFactory(
            organisation=partner, title="A draft", state="draft"
        ).pk,
        "share_pk": share.pk,
        "ask_key": AskFactory(share=share, to=people["org_owner"]).key,
        "report_pk": ReportFactory(share=share).pk,
    }
