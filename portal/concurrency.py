"""Words that two people work on at once: what one has saved is not overwritten unread.

A row says by `version_token` which words of it a reader has before them. A form carries that
along, and what saves the row locks it and compares: when it has changed, nothing is saved, and both
versions are shown.
"""

import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Any, NamedTuple, Protocol

from django import forms
from django.db.models import Model

from portal.languages import LANGUAGES
from portal.linguistics import word_diffs


class Stale(Exception):
    """What a person read, and now decides on or saves over, has changed since.

    `saved` is the row as it is saved now, so that both versions can be shown.
    """

    def __init__(self, saved: Any) -> None:
        self.saved = saved
        super().__init__(f"{saved._meta.label} {saved.pk}")


class Versioned(Protocol):
    """A row that says by a token what of it somebody has read."""

    @property
    def version_token(self) -> str: ...


def compare(row: Versioned, expect: str | None) -> None:
    """Stale if the locked row is not what was read any more; nothing is asked of None."""
    if expect is not None and expect != row.version_token:
        raise Stale(row)


def fingerprint(row: Model, names: Iterable[str]) -> str:
    """A short word for the values of the named fields: another when one of them is another."""
    values = [[name, getattr(row, name)] for name in names]
    return sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()


class Difference(NamedTuple):
    """A field in which what is saved now is not what was typed; `language` is empty or a code."""

    label: str
    language: str
    theirs: str
    parts: list[word_diffs.Part]


def difference(name: str, label: str, theirs: str, yours: str) -> Difference | None:
    """How what was typed in the field differs from what is saved; None when it reads the same."""
    parts = word_diffs.words(theirs, yours)
    if all(part.kind == "same" for part in parts):
        return None
    code = name.rpartition("_")[2]
    return Difference(label, code if code in LANGUAGES else "", theirs, parts)


class VersionedForm(forms.Form):
    """Mixed into the form of a row with a `version_token`: `seen` is the one that was read."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = self.instance.version_token

    @property
    def is_stale(self) -> bool:
        """Whether the row says other words than were read; asked before `is_valid`."""
        return self.data.get(self.add_prefix("seen")) != self.instance.version_token

    def over(self, saved: Model) -> "VersionedForm":
        """The same words as typed, over what is saved now: sent again, they take its place."""
        data, now = self.data.copy(), type(self)(instance=saved)
        for bound in now:
            data.setdefault(bound.html_name, bound.value())
        data["seen"] = saved.version_token
        return type(self)(data, instance=saved)

    def differences(self) -> list[Difference]:
        """Where the words of the row differ from those typed, field by field; before `is_valid`,
        which puts the typed ones into the row.
        """
        now = type(self)(instance=self.instance)
        pairs = [
            difference(
                name,
                str(now[name].label),
                str(now[name].value() or ""),
                str(self[name].value() or ""),
            )
            for name in self._meta.fields
            if name in now.fields and name in self.fields
        ]
        return list(filter(None, pairs))
