"""`make messages`: collect the interface's strings and compile the catalogues in locale/.

With --check nothing is written: it fails when a translation is missing or unsure, when its
placeholders differ from the original's, or when a compiled file is not what its source would give.
Compiling and checking need no gettext, so that a fresh machine can do both; collecting does.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import polib

BASE_DIR = Path(__file__).resolve().parent.parent
LOCALES = BASE_DIR / "locale"
LANGUAGES = ("fi", "sv")
OF_THE_CMS = LOCALES / "cms"  # words that Wagtail has not translated, kept by hand
KEPT_BY_HAND = ("en",)  # what allauth says otherwise than we do; see portal.accounts.words
IGNORED = (".venv", "var", "tests", "scripts")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def collect() -> None:
    """Bring the .po files up to date with the code and the templates."""
    languages = [word for language in LANGUAGES for word in ("-l", language)]
    ignored = [word for name in IGNORED for word in ("-i", name)]
    command = [sys.executable, "manage.py", "makemessages"]
    subprocess.run(
        [*command, *languages, *ignored, "--no-location", "--no-wrap", "--no-obsolete"],
        cwd=BASE_DIR,
        check=True,
    )


def says(entries: Iterable[polib.POEntry | polib.MOEntry]) -> dict[tuple, str | dict]:
    """What a catalogue gives for each context and string."""
    return {
        (entry.msgctxt, entry.msgid, entry.msgid_plural): dict(entry.msgstr_plural) or entry.msgstr
        for entry in entries
    }


def faults_of(entry: polib.POEntry) -> list[str]:
    """What is wrong with one translation."""
    texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if entry.fuzzy:
        return ["marked as unsure"]
    if not all(texts):
        return ["not translated"]
    wanted = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
    return [
        f"placeholders differ: {text}"
        for text in texts
        if set(PLACEHOLDER.findall(text)) - wanted
        or (not entry.msgid_plural and set(PLACEHOLDER.findall(text)) != wanted)
    ]


def check(language: str, locales: Path = LOCALES) -> list[str]:
    """Every fault of one language's catalogue."""
    source = locales / language / "LC_MESSAGES" / "django.po"
    if not source.exists():
        return [f"{language}: there is no catalogue"]
    catalogue = polib.pofile(str(source))
    faults = [
        f"{language}: {fault}: {entry.msgid[:90]!r}"
        for entry in catalogue
        if not entry.obsolete
        for fault in faults_of(entry)
    ]
    binary = source.with_suffix(".mo")
    if not binary.exists() or says(polib.mofile(str(binary))) != says(
        entry for entry in catalogue if entry.translated()
    ):
        faults.append(f"{language}: the compiled catalogue is stale, run `make messages`")
    return faults


def catalogues() -> list[tuple[str, Path]]:
    """The languages of each folder of catalogues."""
    own = [(language, LOCALES) for language in (*LANGUAGES, *KEPT_BY_HAND)]
    return [*own, *((language, OF_THE_CMS) for language in LANGUAGES)]


def main(only_check: bool) -> int:
    if not only_check:
        if shutil.which("xgettext"):
            collect()
        else:
            print("gettext is not installed: new strings are not collected, only compiled.")
        for language, locales in catalogues():
            source = locales / language / "LC_MESSAGES" / "django.po"
            polib.pofile(str(source)).save_as_mofile(str(source.with_suffix(".mo")))
    faults = [fault for language, locales in catalogues() for fault in check(language, locales)]
    print("\n".join(faults) if faults else "The Finnish and Swedish catalogues are complete.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
