"""Releases made the short way, and what of them is public."""

from datetime import UTC, datetime
from io import BytesIO

from monitoring.datasets import example, services
from monitoring.datasets.models import Observation, Release
from tests.factories.accounts import UserFactory

MOMENT = datetime(2025, 3, 3, 6, 0, tzinfo=UTC)


def approved(release: Release, *, at: datetime = MOMENT, reason: str = "It was wrong") -> Release:
    """Proposed by one statistician and approved by another."""
    choice = Release.Choice.WITHDRAW if release.must_choose else ""
    services.propose(release, by=UserFactory(), release_at=at, reason=reason, choice=choice)
    services.approve(release, by=UserFactory())
    return release


def public(**where) -> dict[tuple[str, int], Observation]:
    rows = Observation.objects.current().filter(**where).select_related("area")
    return {(row.area.key, row.cell): row for row in rows}


def correct(released: Release, figures, **changes: int) -> Release:
    """A second release, of figures that are changed: `TA03_M_Y55T64=130`."""
    for key, value in changes.items():
        area, sex, age = key.split("_")
        figures[area, 2024, sex, age] = value
    content = BytesIO(example.as_csv(figures))
    release = approved(services.bring(released.dataset, content, "second.csv"))
    services.publish(release)
    return release
