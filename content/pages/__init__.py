"""Pages: what editors write, and how readers find and see it."""
