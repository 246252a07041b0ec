"""Dates as they are written in Finland, in each language; the rest is Django's."""
