"""What `manage.py demo` loads, in order: each step lives in the app that owns the rows.

A step is a function of one argument, `progress(done, total)`, which it calls as it goes. It can be
run again: rows that are there are brought up to date, and nothing is made twice.
"""

STEPS = [
    ("Themes and audiences", "portal.topics.starter.load"),
    ("Places", "portal.places.starter.load"),
    ("The Integration Act", "portal.law.starter.load"),
    ("Glossary", "portal.glossary.starter.load"),
    ("Demo accounts", "portal.accounts.starter.load"),
    ("Indicators", "monitoring.starter.load"),
    ("Example organisations", "partnership.organisations.starter.load"),
    ("Guidance and news", "content.starter.load"),
    ("Example answers to legal questions", "content.questions.starter.load"),
    ("Search index", "search.starter.load"),
]
