"""Background jobs: django-tasks rows of the `jobs` backend, run one at a time."""

from datetime import timedelta

import structlog
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

BACKEND = "jobs"
LONGEST_JOB = timedelta(minutes=15)
TRIES = 3
KEPT = timedelta(days=30)

logger = structlog.get_logger(__name__)


class JobAbandoned(Exception):
    """Each worker that started the job died before it was done."""


def run_next() -> int:
    """Run the first job that is ready; returns how many ran, 0 or 1.

    A job that raises is marked as failed with its traceback, and is not tried again.
    """
    before = DBTaskResult.objects.ready().filter(backend_name=BACKEND).exists()
    if not before:
        return 0
    worker = Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name=BACKEND,
        startup_delay=False,
        max_tasks=1,
        worker_id="portal",
    )
    worker.run()
    return worker._run_tasks


def recover() -> None:
    """Put back jobs whose worker died, and mark those as failed that took several workers along."""
    lost = DBTaskResult.objects.running().filter(
        backend_name=BACKEND, started_at__lt=timezone.now() - LONGEST_JOB
    )
    for job in lost:
        if len(job.worker_ids) < TRIES:
            lost.filter(pk=job.pk).update(status="READY")
            logger.warning("job_put_back", job=job.task_path, tries=len(job.worker_ids))
        else:
            job.set_failed(JobAbandoned(f"{job.task_path} was started {TRIES} times"))
            logger.error("job_abandoned", job=job.task_path)


def clear_old() -> None:
    """Forget jobs that ended more than thirty days ago."""
    DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEPT).delete()
