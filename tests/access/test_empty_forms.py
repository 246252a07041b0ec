"""Every form that readers meet, sent empty: what is missing is said in the order of the page.

The forms are those of the pages of the access matrix, so a new one is among them by its line there.
"""

import time

from bs4 import BeautifulSoup

from tests.access.test_matrix import LINES, filled

READERS = ["anonymous", "org_owner", "member", "editor"]  # an editor has a second factor
BEHIND = ("/cms/", "/api/", "/documents/")
PAGES = sorted(
    {
        line["path"]
        for line in LINES
        if line.get("method", "GET") == "GET" and not line["path"].startswith(BEHIND)
    }
)
DJANGOS = ("This field is required", "Enter a valid", "Select a valid")
MUST_BE_AMONG = {
    "/accounts/2fa/reauthenticate/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/email/",
    "/accounts/login/",
    "/accounts/password/change/",
    "/accounts/password/reset/",
    "/accounts/profile/",
    "/accounts/reauthenticate/",
    "/accounts/signup/",
    "/en/about/feedback/?from=/en/areas/",
    "/en/follow/?what=section:681/2023:14",
    "/en/partners/join/",
    "/en/partners/mine/ended/apply-again/",
    "/en/partners/mine/partner/people/",
    "/en/partners/mine/partner/profile/",
    "/en/partners/mine/returned/answer/",
    "/en/questions/ask/",
}


def enter(client, person):
    """Signed in a moment ago, so that no page asks for the password once more."""
    client.logout()
    if person:
        client.force_login(person)
        session = client.session
        signed = {"method": "password", "at": time.time(), "reauthenticated": True}
        session["account_authentication_methods"] = [signed]
        session["account_authentication_methods_user"] = str(person.pk)
        session.save()


def forms_of(html):
    """The forms of a page that are sent with POST and have something to fill in."""
    for form in html.select("form[method=post]"):
        if form.select(
            "textarea, select, input:not([type=hidden]):not([type=submit]):not([name=website])"
        ):
            yield form


def sent_empty(client, path, form):
    """The answer to a form of which nothing is filled in; its first button is pressed."""
    data = {one["name"]: one.get("value", "") for one in form.select("input[type=hidden]")} | {
        one["name"]: ""
        for one in form.select("textarea[name], input[name]:not([type=hidden])")
        if one.get("type") not in ("radio", "checkbox", "file")
    }
    button = form.select_one("button[name]")
    if button and button == form.select_one("button"):
        data[button["name"]] = button.get("value", "")
    return client.post(form.get("action") or path, data)


def faults(page):
    """What is wrong with how a page names the errors of its forms."""
    summary = page.select_one(".error-summary")
    if summary is None:
        return ["no summary of errors"]
    said = summary.get_text(" ", strip=True)
    found = [f"Django's words: {words}" for words in DJANGOS if words in said]
    order = [one.get("id") for one in page.find_all()]
    links = [link["href"].removeprefix("#") for link in summary.select("a[href^='#']")]
    lost = [link for link in links if link not in order]
    if lost:
        return [*found, f"links that lead nowhere: {lost}"]
    if links != sorted(links, key=order.index):
        found.append(f"not the order of the page: {links}")
    unnamed = len(page.select(".field__error")) - len(set(links))
    if unnamed:
        found.append(f"{unnamed} fields with an error that the summary does not lead to")
    return found


def test_an_empty_form_says_what_to_write_in_the_order_of_the_page(client, people, world):
    found, tried = [], set()
    for role in READERS:
        for path in (filled(one, world) for one in PAGES):
            if role == "editor" and not path.startswith("/accounts/"):
                continue
            enter(client, people.get(role))
            answer = client.get(path)
            if answer.status_code != 200 or "html" not in answer["Content-Type"]:
                continue
            for form in forms_of(BeautifulSoup(answer.content, "html.parser")):
                key = (
                    path,
                    form.get("action"),
                    tuple(one.get("name") for one in form.select("[name]")),
                )
                if key in tried:
                    continue
                tried.add(key)
                back = sent_empty(client, path, form)
                if back.status_code == 302:  # a form in which nothing has to be filled in
                    continue
                page = BeautifulSoup(back.content, "html.parser")
                found += [f"{path} as {role}: {fault}" for fault in faults(page)]
    assert not found, "\n".join(found)
    assert {path for path, *_rest in tried} >= MUST_BE_AMONG
