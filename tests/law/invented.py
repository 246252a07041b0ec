"""The invented act 9101/2023 at a stand-in for Finlex, and act 9103/2026, which amends it."""

from contextlib import contextmanager
from datetime import UTC, datetime

from tests.law import akoma
from tests.law.standin import serving

FIRST = [("1", "Tarkoitus", "Tämä laki on keksitty."), ("2", "Tehtävä", "Kunta vastaa.")]
FORSTA = [("1", "Syfte", "Denna lag är påhittad."), ("2", "Uppgift", "Kommunen ansvarar.")]
THEN = [FIRST[0], ("2", "Tehtävä", "Hyvinvointialue vastaa.")]
DA = [FORSTA[0], ("2", "Uppgift", "Välfärdsområdet ansvarar.")]
TITLE = "Laki esimerkkipalveluista annetun lain muuttamisesta"
NIGHT = datetime(2026, 11, 30, 3, 30, tzinfo=UTC)  # half past five in Helsinki
ACT, VERSION = (9103, 2026), "20269103"
BY = [(9103, 2026, "2027-01-01")]
COMING_FI = ("2", "Tehtävä", "Hyvinvointialue vastaa.", ("Tehtävä", "Kunta vastaa."))
COMING_SV = ("2", "Uppgift", "Välfärdsområdet ansvarar.", ("Uppgift", "Kommunen ansvarar."))


@contextmanager
def watched(settings):
    """The stand-in with the act at FINLEX_URL until the block ends; nobody else is asked."""
    with serving() as standin:
        begin(standin)
        settings.FINLEX_URL = standin.url
        settings.FINLEX_CONTACT = "keeper@example.org"
        settings.FINLEX_PAUSE_SECONDS = 0
        settings.FINLEX_ACTS = ["9101/2023"]
        yield standin
        assert standin.hosts <= {standin.url.split("/")[2]}


def begin(standin):
    """The act is there, and nothing has amended it yet."""
    standin.publish(
        9101,
        2023,
        akoma.TITLES["fi"],
        fi=akoma.original("fi", FIRST),
        sv=akoma.original("sv", FORSTA),
    )
    for language, sections in (("fi", FIRST), ("sv", FORSTA)):
        text = akoma.consolidated(language, "20239101", sections, [], given="2023-03-10")
        standin.consolidate(9101, 2023, "20239101", **{language: text})


def amend(standin, *, swedish=True):
    """Act 9103/2026 is published, with the consolidated versions that follow."""
    changed = {"fi": [THEN[1]], "sv": [DA[1]]}
    given = {"given": "2026-10-30", "day": "2027-01-01"}
    texts = {
        language: akoma.amending(language, *ACT, changed=changed[language], **given)
        for language in ("fi", "sv")
    }
    standin.publish(*ACT, TITLE, **texts)
    publish_version(standin, "fi")
    if swedish:
        publish_version(standin, "sv")


def publish_version(standin, language, more=""):
    rest, coming = {"fi": (FIRST[0], COMING_FI), "sv": (FORSTA[0], COMING_SV)}[language]
    sections = [rest, (*coming, ACT, "2027-01-01")]
    text = akoma.consolidated(language, VERSION, sections, BY, given="2026-10-30", more=more)
    standin.consolidate(9101, 2023, VERSION, **{language: text})
