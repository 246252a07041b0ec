"""What happens to an account that other apps have to hear of."""

from django.dispatch import Signal

language_changed = Signal()  # user: an account; language: the code that it reads in from now on
