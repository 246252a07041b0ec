"""The published rule of the directory: an entry is confirmed by its organisation once a year.

In months since its people last confirmed it. The directory's page says it in the same figures.
"""

from datetime import date, timedelta

from portal.days import months_after

ASKED = 12  # a letter asks its people to confirm it
REMINDED = 13  # a second letter, where nobody has
GREYED = 14  # it is shown as not confirmed
HIDDEN = 18  # it is left out of the directory, the search, the open data and the pages of areas
NOTICE = timedelta(days=60)  # never hidden sooner after the first letter, however late that was


def confirmed_by(today: date, months: int) -> date:
    """What was confirmed on this day or earlier has waited so many months today."""
    return months_after(today, -months)


FIGURES = {
    "asked": ASKED,
    "reminded": REMINDED,
    "greyed": GREYED,
    "hidden": HIDDEN,
    "notice": NOTICE.days,
}
