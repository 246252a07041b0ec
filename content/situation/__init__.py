"""Integration now: what the figures, the law, questions and partners say, on one page."""
