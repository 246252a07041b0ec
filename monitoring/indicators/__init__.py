"""Indicators: what is measured, of which area and group, and how it stands."""
