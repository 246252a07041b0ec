"""What `manage.py demo` loads: the steps of each room's starter.py (portal.importing.StarterStep).

`make run` loads only what the first page needs and leaves the `later` steps to the worker, as rows
of `PendingStep`. A row goes when its step is done, so a worker that is killed loses nothing, and
while it is there the pages that it concerns say so (`pending`).
"""

from django.conf import settings
from django.utils.module_loading import import_string

from portal.discovery import modules
from portal.importing import StarterStep

from .models import PendingStep


def steps() -> list[StarterStep]:
    """The steps of all rooms, in the order of INSTALLED_APPS."""
    return [step for module in modules("starter", "STEPS") for step in module.STEPS]


def leave_to_worker() -> int:
    """Note the later steps for the worker, those of an earlier time anew; returns how many."""
    later = [step.function for step in steps() if step.later]
    PendingStep.objects.exclude(function__in=later).delete()
    PendingStep.objects.bulk_create(
        [PendingStep(function=function, position=place) for place, function in enumerate(later)],
        update_conflicts=True,
        unique_fields=["function"],
        update_fields=["position", "done", "total", "claimed_until"],
    )
    return len(later)


def go_on() -> int:
    """Do the first step that is left to the worker; returns how many were done, 0 or 1.

    The worker calls it at each turn. A step that raises is tried again when its claim has run out;
    one that an earlier release named otherwise is dropped, for `demo --first` notes them anew.
    """
    step = PendingStep.objects.first() if settings.DEMO else None
    if step is None or not step.claim():
        return 0
    if step.function in {known.function for known in steps()}:
        import_string(step.function)(step.tell)
    step.delete()
    return 1


def pending(function: str) -> PendingStep | None:
    """The step that a page waits for, while it is left to the worker; never outside demo mode."""
    if not settings.DEMO:
        return None
    return PendingStep.objects.filter(function=function).first()


def state() -> str:
    """For `/readyz`: whether the starter content is there."""
    left = PendingStep.objects.count() if settings.DEMO else 0
    return f"{left} steps left to the worker" if left else "nothing left to load"
