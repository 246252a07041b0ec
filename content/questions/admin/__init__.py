"""The lawyers' side in /cms/: the queue, a page of each question, and the figures."""
