"""What is counted for Prometheus beside the requests: what waits in the queues."""

import os

from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from prometheus_client import REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from portal.mail.models import Letter, MailTrouble

from .models import ScheduledRun

_collectors: list[Collector] = []


def register(collector: Collector) -> None:
    """A room's own figures, read from the database when asked."""
    _collectors.append(collector)


class Queues:
    """Read from the database when asked, so that it is the same whichever process answers."""

    def collect(self):
        now = timezone.now()
        waiting = Letter.objects.filter(sent_at=None, given_up_at=None)
        yield GaugeMetricFamily(
            "portal_letters_waiting", "Letters not sent yet", value=waiting.count()
        )
        oldest = waiting.order_by("created_at").values_list("created_at", flat=True).first()
        yield GaugeMetricFamily(
            "portal_letters_oldest_seconds",
            "Age of the letter that has waited longest",
            value=(now - oldest).total_seconds() if oldest else 0,
        )
        yield GaugeMetricFamily(
            "portal_letters_given_up",
            "Letters that could not be sent",
            value=Letter.objects.given_up().count(),
        )
        trouble = MailTrouble.now()
        yield GaugeMetricFamily(
            "portal_mail_trouble_seconds",
            "For how long the mail server has been in trouble",
            value=(now - trouble.since).total_seconds() if trouble else 0,
        )
        yield GaugeMetricFamily(
            "portal_jobs_waiting", "Jobs ready to run", value=DBTaskResult.objects.ready().count()
        )
        yield GaugeMetricFamily(
            "portal_jobs_failed", "Jobs that failed", value=DBTaskResult.objects.failed().count()
        )
        since = GaugeMetricFamily(
            "portal_schedule_seconds_since",
            "Seconds since a piece of the schedule was started",
            labels=["name"],
        )
        for run in ScheduledRun.objects.all():
            since.add_metric([run.name], (now - run.started_at).total_seconds())
        yield since


def page() -> bytes:
    """Everything in Prometheus's text format; counts of all processes when they share a folder."""
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        requests = CollectorRegistry()
        MultiProcessCollector(requests)
    else:
        requests = REGISTRY
    queues = CollectorRegistry()
    queues.register(Queues())
    for collector in _collectors:
        queues.register(collector)
    return generate_latest(requests) + generate_latest(queues)
