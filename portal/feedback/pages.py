"""The word by which a page asks whether it helped: its address and its keeper, signed by us.

Always the same for a page, so that a page that caches keep for everybody can hold it.
"""

from typing import NamedTuple

from django.core.signing import Signer

SALT = "portal.feedback.pages"


class Asking(NamedTuple):
    """A page that asks: its address and the role that keeps it true."""

    address: str
    owner: str


def word(address: str, owner: str) -> str:
    return Signer(salt=SALT).sign_object([address, owner])


def read(signed: str) -> Asking:
    """The page that was signed. Raises BadSignature for anything else."""
    return Asking(*Signer(salt=SALT).unsign_object(signed))
