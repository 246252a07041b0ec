"""How language is read, whatever the room: pure functions that know nothing of the portal."""
