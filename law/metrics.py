"""What is counted for Prometheus of the law: how long ago each act was compared with Finlex."""

from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from .finlex import watching
from .models import LawWatch


class Watches(Collector):
    """Of the acts of FINLEX_ACTS; nothing where nothing is watched."""

    def collect(self):
        now = timezone.now()
        since = GaugeMetricFamily(
            "portal_law_seconds_since_compared",
            "Seconds since an act was last compared with Finlex",
            labels=["act"],
        )
        for watch in LawWatch.objects.exclude(looked_at=None):
            if (watch.number, watch.year) in watching.acts() and watch.looked_at:
                since.add_metric([str(watch)], (now - watch.looked_at).total_seconds())
        yield since
