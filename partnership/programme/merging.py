"""What calls and offers do when two records of an organisation become one."""

from django.utils import timezone

from partnership.organisations.merging import OrganisationMerge
from partnership.organisations.models import Organisation


def settle(kept: Organisation, gone: Organisation) -> None:
    """Where both are interested in a call, what the one that stays has sent stands."""
    calls = list(kept.interests.standing().values_list("call", flat=True))
    both = gone.interests.standing().filter(call__in=calls)
    both.update(withdrawn_at=timezone.now())


MERGE = OrganisationMerge(settle)
