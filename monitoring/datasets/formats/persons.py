"""What tells that a file is about single persons: then it is refused, and nothing of it repeated.

Datasets take counts of groups. The rules look at the header (columns in which a person is named,
numbered or dated), at cells that are no code of the dataset (identity codes, dates of birth,
addresses), and at rows that each count one (monitoring.datasets.judging).
"""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.linguistics import personal_data

NOT_SHOWN = "***"
COLUMN = _(
    "No column of single persons: a dataset takes counts of groups. Take it out where the file is "
    "made; nothing of it has been kept."
)
CELL = _(
    "A code of the dataset. This may be of a single person (%(kind)s), so it is not shown, and "
    "nothing of the file has been kept: a dataset takes counts of groups."
)
ROWS = _(
    "One row for a group with its count. In this file every row counts one, and groups come more "
    "than once: it may have one row for each person. Count them where the file is made."
)
BORN = _("date of birth")

_WORDS = (
    "nimi|sukunimi|etunimi|etunimet|kutsumanimi|henkilötunnus|hetu|henkilönumero|henkilöid|"
    "syntymäaika|syntymäpäivä|asiakas|asiakastunnus|asiakasnumero|asiakasid|oppijanumero|"
    "ulkomaalaisnumero|asianumero|osoite|katuosoite|lähiosoite|puhelin|puhelinnumero|sähköposti|"
    "namn|efternamn|förnamn|personbeteckning|personnummer|födelsetid|födelsedatum|kundnummer|"
    "klientnummer|adress|gatuadress|telefon|telefonnummer|epost|"
    "name|surname|lastname|familyname|firstname|givenname|fullname|personalidentitycode|"
    "personid|ssn|dateofbirth|birthdate|birthday|dob|clientid|clientnumber|customerid|"
    "customernumber|address|streetaddress|phone|phonenumber|email|passportnumber"
)
_COLUMN = re.compile(_WORDS, re.IGNORECASE)
_BORN = re.compile(
    r"(?<!\d)(?:[0-3]?\d[./][01]?\d[./](?:19|20)\d\d|(?:19|20)\d\d-[01]\d-[0-3]\d)(?!\d)", re.ASCII
)
_KINDS = (
    personal_data.Kind.CODE,
    personal_data.Kind.EMAIL,
    personal_data.Kind.ADDRESS,
)


def names_one(column: str) -> bool:
    """Whether a column has something of single persons, by its name in one of three languages."""
    return _COLUMN.fullmatch(re.sub(r"[\W_]", "", column)) is not None


def kind_of(text: str) -> str | Promise | None:
    """What a cell that is no code of the dataset may tell of a person; None when nothing."""
    for finding in personal_data.find(text):
        if finding.kind in _KINDS:
            return finding.kind.label
    return BORN if _BORN.search(text) else None
