"""Reviews in /cms/: what is due, by team, and the page on which one is confirmed."""
