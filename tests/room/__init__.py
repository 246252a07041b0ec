"""A small room outside the portal's packages: docs/developer.md, “Adding a room”, tells it."""
