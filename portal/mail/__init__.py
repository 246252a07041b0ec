"""Letters: written with their event, kept in the outbox, sent by the worker."""
