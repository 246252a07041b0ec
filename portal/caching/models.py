"""Rows that caches share between processes: counts, and what names the version that is on show."""

from django.db import models


class Counter(models.Model):
    """One count or mark of the cache that counts (portal/caching/counters.py); times as Unix's."""

    key = models.CharField(max_length=40, primary_key=True)
    number = models.BigIntegerField()
    value = models.TextField(blank=True)
    started = models.FloatField()
    ends = models.FloatField(db_index=True)

    class Meta:
        app_label = "running"  # whose tables and migrations these rows have
        db_table = "running_counter"

    def __str__(self):
        return self.key


class CacheVersion(models.Model):
    """A change of what readers are shown; the rows that there are name a version.

    Written by portal.caching.cache_version, under a number that never comes again.
    """

    id = models.BigIntegerField(primary_key=True)

    class Meta:
        app_label = "running"  # whose tables and migrations these rows have
        db_table = "running_edition"

    def __str__(self):
        return f"{self.pk:x}"
