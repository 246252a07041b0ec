from django.core.files.base import ContentFile
from django.utils import timezone

from partnership.organisations.models import Organisation
from portal.media import attachments
from tests.factories.commitments import (
    AskFactory,
    CommitmentFactory,
    ConfirmationFactory,
    PartnerFactory,
    ReportFactory,
)


def build(people):
    """A public commitment, a draft, a letter's key, a report with a file and what others say of it;
    and what another organisation asks of `partner`.
    """
    partner = Organisation.objects.get(slug="partner")
    public = CommitmentFactory(organisation=partner, title="A promise")
    share = public.shares.get()
    report = ReportFactory(
        share=share, attachment=attachments.keep(ContentFile(b"a,b", name="a.csv"))
    )
    other = CommitmentFactory(title="Of another")
    invited = PartnerFactory(commitment=other, organisation=partner, accepted_at=None)
    joint = PartnerFactory(commitment=CommitmentFactory(), organisation=partner)
    asked = ConfirmationFactory(report=ReportFactory(share=other.shares.first()))
    of_partner = ConfirmationFactory(
        report=ReportFactory(share=other.shares.first()), organisation=partner
    )
    said = ConfirmationFactory(report=report, answer="differs", answered_at=timezone.now())
    return {
        "commitment": public.pk,
        "draft_commitment": CommitmentFactory(
            organisation=partner, title="A draft", state="draft"
        ).pk,
        "share_pk": share.pk,
        "ask_key": AskFactory(share=share, to=people["org_owner"]).key,
        "report_pk": report.pk,
        "report_with_file_pk": report.pk,
        "invited_share": invited.pk,
        "joint_share": joint.pk,
        "result_key": asked.key,
        "confirmation_pk": of_partner.pk,
        "said_pk": said.pk,
    }
