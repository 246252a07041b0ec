"""Finnish on a machine without Voikko's library or dictionary: quietly done without."""

import subprocess
import sys

import pytest

from portal.linguistics import voikko
from portal.settings import BASE_DIR

NO_LIBRARY = """
import libvoikko
def refused(path=None):
    raise OSError("libvoikko.so.1: cannot open shared object file")
libvoikko.VoikkoLibrary.open = refused
"""
NO_DICTIONARY = """
import libvoikko
libvoikko.Voikko.listSupportedSpellingLanguages = lambda: ["de"]
def made(self, language):
    raise AssertionError("made without a dictionary")
libvoikko.Voikko.__init__ = made
"""
ASK = "from portal.linguistics import voikko\nprint(voikko.available(), voikko.read('kuntien'))"


@pytest.mark.parametrize("missing", [NO_LIBRARY, NO_DICTIONARY])
def test_what_is_missing_is_said_by_the_answer_and_by_nothing_else(missing):
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", missing + ASK],
        cwd=BASE_DIR,
        capture_output=True,
        text=True,
    )

    assert (done.stdout, done.stderr) == ("False None\n", "")


@pytest.mark.voikko
def test_what_is_there_is_used():
    bases, _parts = voikko.read("kuntien")

    assert bases == ["kunta"]
