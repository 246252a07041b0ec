"""What the stylesheet, the scripts and the templates promise, read from the files themselves."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.template.loader import get_template

from portal import stylesheet

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
NAMES = [str(file.relative_to(settings.BASE_DIR / "templates")) for file in TEMPLATES]
TOKENS = (settings.BASE_DIR / "static/css/10-tokens.css").read_text()
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)|<style|\sstyle=|\son(?!e=)[a-z]+=|javascript:",
    re.IGNORECASE,
)

# What is read (4.5:1) or seen as a boundary or a sign (3:1), on what it stands on.
READ = [
    *[(text, ground) for text in ("ink", "ink-2") for ground in ("paper", "paper-2", "paper-3")],
    *[("brand", ground) for ground in ("paper", "paper-2", "brand-soft")],
    *[("accent-ink", ground) for ground in ("paper", "paper-2")],
    ("brand-strong", "brand-soft"),
    ("on-brand", "brand"),
    ("on-brand", "brand-strong"),
    ("on-deep", "deep"),
    ("on-deep-2", "deep"),
    ("paper", "bad"),
    ("ink", "mark"),
    *[(tone, f"{tone}-soft") for tone in ("info", "good", "warn", "bad")],
    *[("ink", f"{tone}-soft") for tone in ("info", "good", "warn", "bad")],
    ("bad", "paper"),
    ("ink-2", "brand-soft"),
]
SEEN = [
    *[("line-strong", ground) for ground in ("paper", "paper-2")],
    *[("focus", ground) for ground in ("paper", "paper-2", "paper-3", "brand-soft", "bad-soft")],
    ("brand", "paper-3"),
]


def tokens(text):
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", text))


LIGHT = tokens(TOKENS.split("@media")[0])
SCHEMES = {"light": LIGHT, "dark": LIGHT | tokens(TOKENS.split("@media")[1])}


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("over", "under"), READ)
def test_text_can_be_read_on_its_ground(scheme, over, under):
    colours = SCHEMES[scheme]

    assert contrast(colours[over], colours[under]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("over", "under"), SEEN)
def test_boundaries_and_focus_can_be_seen_on_their_ground(scheme, over, under):
    colours = SCHEMES[scheme]

    assert contrast(colours[over], colours[under]) >= 3


def test_dark_scheme_changes_every_colour_of_the_light_one_or_means_to_keep_it():
    kept = {name for name, colour in SCHEMES["dark"].items() if LIGHT[name] == colour}

    assert kept == {"on-deep"}


def test_stylesheet_and_scripts_stay_small():
    scripts = b"".join(file.read_bytes() for file in (settings.BASE_DIR / "static/js").glob("*.js"))

    assert len(gzip.compress(stylesheet.joined().encode())) <= 18_000
    assert len(gzip.compress(scripts)) <= 10_000


def test_every_colour_and_size_that_the_stylesheet_uses_is_defined():
    text = stylesheet.joined()
    used = set(re.findall(r"var\((--[\w-]+)", text))
    defined = set(re.findall(r"(--[\w-]+)\s*:", text))

    assert used - defined == set()


@pytest.mark.parametrize("name", NAMES)
def test_template_parses(name):
    get_template(name)


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith("letters/")])
def test_template_has_no_inline_script_or_style(name):
    assert INLINE.findall((settings.BASE_DIR / "templates" / name).read_text()) == []


def test_stylesheet_is_found_where_it_was_joined():
    [file] = stylesheet.StylesheetFinder().find(stylesheet.NAME, find_all=True)

    assert Path(file).read_text() == stylesheet.joined()


def test_fonts_are_cut_small_and_then_named_in_the_stylesheet(tmp_path, settings, capsys):
    settings.FONTS_DIR = tmp_path
    assert 'Source Sans";font-weight' not in stylesheet.joined()

    call_command("cut_fonts")
    settings.STATICFILES_DIRS = [*settings.STATICFILES_DIRS, ("fonts", tmp_path)]

    assert sum(file.stat().st_size for file in tmp_path.iterdir()) <= 40_000
    assert stylesheet.joined().count("../fonts/") == 2

    call_command("cut_fonts")
    assert capsys.readouterr().out.count("up to date") == 2
