"""The directory for all, and the pages where an organisation's people look after it."""
