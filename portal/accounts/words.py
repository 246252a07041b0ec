"""Words of allauth's own that it has not, or not well, in our languages: our catalogue has them.

Named here so that `make messages` keeps them; the catalogue of the portal comes before allauth's.
"""

from django.utils.translation import gettext_noop

WORDS = (
    gettext_noop("Email"),
    gettext_noop("Email (again)"),
    gettext_noop("Email address"),
    gettext_noop("Remember Me"),
    gettext_noop("Passkey"),
    gettext_noop("Create Passkey"),
    gettext_noop("Passkey Sign Up"),
    gettext_noop("Sign in with a passkey"),
    gettext_noop("Sign up using a passkey"),
    gettext_noop("This key does not indicate whether it is a passkey."),
    gettext_noop("Key nr. {number}"),
)
