"""Twelve kinds of mail scanner, and the reader who comes after them.

Scanners open what a letter links to before its reader does, some as a browser would, and some press
what they find. `SCANNERS` are functions of an address.
"""

import re
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup
from django.apps import apps
from django.test import Client
from django.utils import timezone

from portal.forms import FASTEST
from portal.mail.models import Letter
from tests.proofs import size

BROWSER = {"user-agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0"}
ROOMS = ("commitments", "organisations", "programme")
MOST_TRIED = size(4, 1000)  # choices of a form; a questionnaire has many


class Scanner:
    """One that fetches, from a network, with or without keeping cookies."""

    def __init__(self, *, network="192.0.2.1", cookies=True, **headers):
        self.client = Client(enforce_csrf_checks=True, headers=BROWSER | headers)
        self.network, self.cookies = network, cookies

    def get(self, address, how="get"):
        if not self.cookies:
            self.client.cookies.clear()
        response = getattr(self.client, how)(address, follow=True, REMOTE_ADDR=self.network)
        self.at = response.redirect_chain[-1][0] if response.redirect_chain else address
        return BeautifulSoup(response.content, "html.parser")

    def follow(self, page):
        """Every link of the page to a page of ours; files cannot tell anything."""
        for one in page.select("a[href], link[href]"):
            url = urlsplit(urljoin(self.at, one["href"]))
            if url.netloc in ("", "portal.example.org") and not url.path.startswith("/static/"):
                self.client.get(f"{url.path}?{url.query}", follow=True, REMOTE_ADDR=self.network)

    def send(self, address, more=lambda form: [{}]):
        """Every form of the page as it stands, and with what `more` finds to add to it."""
        page = self.get(address)
        for form in page.select("main form"):
            where = urljoin(self.at, form.get("action", ""))
            for added in more(form):
                if not self.cookies:
                    self.client.cookies.clear()
                method = getattr(self.client, form.get("method", "get").lower())
                sent = as_it_stands(form) | added
                method(where, sent, follow=True, REMOTE_ADDR=self.network)


def as_it_stands(form):
    """What a browser sends of a form that nobody has touched."""
    sent = {}
    for box in form.select("input[name], textarea[name], select[name]"):
        if box.get("type") == "file":
            continue
        if box.get("type") in ("radio", "checkbox") and not box.has_attr("checked"):
            continue
        chosen = box.select_one("option[selected]") or box.select_one("option")
        sent[box["name"]] = chosen.get("value", "") if chosen else box.get("value") or box.text
    return sent


def buttons(form):
    return [{one.get("name", "button"): one.get("value", "")} for one in form.select("button")]


def choices(form):
    """Every radio button and option tried in turn, with every button."""
    radios = form.select("input[type=radio][name], input[type=checkbox][name]")
    tried = [{one["name"]: one.get("value", "on")} for one in radios[:MOST_TRIED]]
    return [one | button for one in tried for button in buttons(form)]


def opened(address, **how):
    Scanner(**how).get(address)


def head(address):
    Scanner().get(address, "head")


def prefetch(address):
    Scanner(purpose="prefetch", **{"sec-purpose": "prefetch;prerender", "x-moz": "prefetch"}).get(
        address
    )


def rendered(address):
    scanner = Scanner(**{"sec-fetch-mode": "navigate", "sec-fetch-dest": "document"})
    scanner.follow(scanner.get(address))


def forms(address, **how):
    Scanner(**how).send(address)


def pressed(address, **how):
    Scanner(**how).send(address, buttons)


def tried(address, **how):
    Scanner(**how).send(address, choices)


def all_of_it(address, **how):
    for one in (opened, forms, pressed, tried):
        one(address, **how)


def twice(address):
    all_of_it(address)
    all_of_it(address)


def two_networks(address):
    all_of_it(address)
    all_of_it(address, network="198.51.100.7")


def without_cookies(address):
    all_of_it(address, cookies=False)


def filled(address):
    """Writes into every box too, the hidden ones among them."""
    Scanner().send(
        address,
        lambda form: [
            one | {box["name"]: "x" for box in form.select("input[type=text], textarea")}
            for one in choices(form)
        ],
    )


def options(address):
    Scanner().get(address, "options")


SCANNERS = [
    opened,
    head,
    options,
    prefetch,
    rendered,
    forms,
    pressed,
    tried,
    filled,
    twice,
    two_networks,
    without_cookies,
]


def everything():
    """All that the rooms of the partnership hold."""
    return {
        model._meta.label: sorted(model.objects.values_list(), key=str)
        for app in ROOMS
        for model in apps.get_app_config(app).get_models()
    }


def links_of_letters(room):
    """The addresses in all letters of a room."""
    texts = Letter.objects.filter(template__startswith=f"{room}/").values_list("text", flat=True)
    return re.findall(r"https://portal\.example\.org(/?\S*)", "\n".join(texts))


def later(time_machine, time):
    time_machine.move_to(timezone.now() + time)


def press(address, time_machine, **typed):
    """What a person does: opens the page, reads it, and presses."""
    client = Client()
    page = BeautifulSoup(client.get(address).content, "html.parser")
    form = page.select_one("main form")
    later(time_machine, FASTEST + timedelta(seconds=2))
    assert client.post(address, as_it_stands(form) | typed).status_code == 302
