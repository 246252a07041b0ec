"""Events in the calendars of those who take part: entries in letters, and feeds (RFC 5545)."""
