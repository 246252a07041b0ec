"""What the worker does for editorial work."""

from datetime import timedelta

from portal.scheduling import Entry

SCHEDULE = [
    Entry("review_lists", timedelta(hours=1), "content.editorial.review_digest.write_digests"),
    Entry("plain_mentions", timedelta(days=1), "content.editorial.mentions.tell_owners"),
]
