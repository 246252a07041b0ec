"""A bundle that is being put together."""

from datetime import timedelta

from django.utils import timezone

from content.bundles.models import Bundle


def build(people):
    bundle = Bundle.objects.create(
        title="Bundle", go_at=timezone.now() + timedelta(days=1), made_by=people["editor"]
    )
    return {"bundle": bundle.pk}
