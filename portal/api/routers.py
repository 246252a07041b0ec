"""What the API offers: each room's router by its dotted name, so that no later app is imported.

The word is the first part of its addresses (/api/v1/law/…) and its heading on the page about the
API. A router's operations follow docs/api.md.
"""

ROUTERS = [
    ("law", "law.api.router"),
    ("areas", "portal.places.api.router"),
    ("organisations", "partnership.organisations.api.router"),
    ("indicators", "monitoring.indicators.api.router"),
    ("questions", "content.questions.api.router"),
]
