"""Annual reports: text and figures of the monitoring, which freeze when a report is published."""
