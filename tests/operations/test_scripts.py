"""The house rules that `make lint` checks by itself."""

import sys

import polib
import pytest

from scripts import lint, messages, run


@pytest.fixture
def write(tmp_path, monkeypatch):
    monkeypatch.setattr(lint, "BASE_DIR", tmp_path)

    def write(name, text):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return file

    return write


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("<script>go()</script>", True),
        ('<script type="module">go()</script>', True),
        ('<script src="/static/js/map.js" defer></script>', False),
        ("<style>p {}</style>", True),
        ('<p style="color: red">', True),
        ('<p class="style">Style = manner</p>', False),
        ('<button onclick="go()">', True),
        ('<a href="javascript:go()">', True),
        ('<link rel="stylesheet" href="/static/css/site.css">', False),
    ],
)
def test_inline_scripts_and_styles_are_found(text, refused, write):
    assert bool(lint.inline([write("templates/page.html", text)])) == refused


def test_letters_have_a_style_of_their_own(write):
    assert not lint.inline([write("templates/letters/frame.html", "<style>p {}</style>")])


@pytest.mark.parametrize(
    ("name", "lines", "refused"),
    [
        ("portal/models.py", 500, False),
        ("portal/models.py", 501, True),
        ("portal/migrations/0001_initial.py", 900, False),
        ("data/places.json", 9000, False),
    ],
)
def test_files_that_no_longer_read_in_one_sitting_are_found(name, lines, refused, write):
    assert bool(lint.too_long([write(name, "x\n" * lines)])) == refused


@pytest.mark.parametrize(
    ("name", "characters", "refused"),
    [
        ("templates/law/act.html", 160, False),
        ("templates/law/act.html", 161, True),
        ("templates/letters/questions/answered.txt", 161, True),
        ("courses/templates/courses/index.html", 161, True),
        ("requirements.txt", 161, False),
        ("tests/search/gold/fi.txt", 161, False),
    ],
)
def test_lines_of_templates_that_no_screen_shows_whole_are_found(name, characters, refused, write):
    file = write(name, f"<p>\n{'å' * characters}\n</p>\n")

    faults = lint.long_lines([file])

    assert faults == ([f"{name}:2: {characters} characters, at most 160"] if refused else [])


@pytest.mark.parametrize(
    ("original", "translation", "fault"),
    [
        ("Hello %(name)s", "Hei %(name)s", None),
        ("Hello %(name)s", "Hei", "placeholders differ: Hei"),
        ("Hello %(name)s", "Hei %(nimi)s", "placeholders differ: Hei %(nimi)s"),
        ("Hello", "", "not translated"),
        ("100 %", "100 %", None),
    ],
)
def test_faults_of_a_translation_are_found(original, translation, fault):
    entry = polib.POEntry(msgid=original, msgstr=translation)

    assert messages.faults_of(entry) == ([fault] if fault else [])


def test_plural_forms_may_leave_out_the_number_but_bring_nothing_new():
    forms = {0: "Yksi päivä", 1: "%(count)s päivää"}
    entry = polib.POEntry(msgid="%(count)s day", msgid_plural="%(count)s days", msgstr_plural=forms)
    assert messages.faults_of(entry) == []

    forms[1] = "%(maara)s päivää"
    assert messages.faults_of(entry) == ["placeholders differ: %(maara)s päivää"]


def test_state_changes_with_a_file_and_with_a_word(tmp_path, monkeypatch):
    monkeypatch.setattr(run, "BASE_DIR", tmp_path)
    file = tmp_path / "one.toml"
    file.write_text("a")
    before = run.state_of("*.toml", database="")

    assert run.state_of("*.toml", database="") == before
    assert run.state_of("*.toml", database="postgres://") != before
    file.write_text("ab")
    assert run.state_of("*.toml", database="") != before


def test_env_file_says_more_than_the_defaults_and_less_than_the_environment(tmp_path, monkeypatch):
    monkeypatch.setattr(run, "BASE_DIR", tmp_path)
    (tmp_path / ".env").write_text(
        "# demo\nPORTAL_DEMO=0\nexport SITE_URL='https://a.example.org'\n"
    )
    monkeypatch.delenv("PORTAL_DEMO", raising=False)
    monkeypatch.setenv("SITE_URL", "https://b.example.org")

    env = run.environment(8000)

    assert env["PORTAL_DEMO"] == "0"
    assert env["SITE_URL"] == "https://b.example.org"


def test_first_page_waits_only_for_what_it_needs(tmp_path, monkeypatch):
    did = []
    monkeypatch.setattr(run, "STAMPS", tmp_path)
    monkeypatch.setattr(run, "once", lambda name, state, *command, env: did.append(command))

    env = {"PORTAL_DEMO": "1", "DATABASE_URL": "postgres://nowhere"}
    state = run.set_up(env)

    order = [command[0] for command in did]
    assert sorted(order) == ["collectstatic", "cut_fonts", "migrate"]
    assert order.index("cut_fonts") < order.index("collectstatic")

    run.starter(env, state)
    run.starter(env | {"PORTAL_DEMO": "0"}, state)
    assert did[3:] == [("demo", "--first")]


class Process:
    """Stands for a server that `make run` has started."""

    def __init__(self, did, command, ends_at_once=False):
        self.did, self.name = did, command[2]
        self.code = 0 if ends_at_once else None
        did.append(f"{self.name} starts")

    def poll(self):
        return self.code

    def terminate(self):
        self.did.append(f"{self.name} is ended")
        self.code = 0

    def wait(self, seconds):
        return self.code


@pytest.fixture
def serving(monkeypatch):
    """What `run.serve` did, with servers that only stand for some."""
    did = []
    monkeypatch.setattr(run.signal, "signal", lambda number, handler: None)
    monkeypatch.setattr(run, "wait_until_it_answers", lambda port, web: did.append("web answers"))
    monkeypatch.setattr(run, "welcome", lambda port: did.append("welcome"))
    monkeypatch.setattr(
        run.subprocess,
        "Popen",
        lambda command, **given: Process(did, command, ends_at_once="work" in command),
    )
    return did


def test_the_starter_content_is_loaded_while_the_web_starts(serving):
    run.serve(8000, {}, lambda: serving.append("content"))

    assert serving == [
        *("gunicorn starts", "content", "work starts", "web answers", "welcome"),
        "gunicorn is ended",
    ]


def test_content_that_cannot_be_loaded_leaves_no_server_behind(serving):
    with pytest.raises(SystemExit):
        run.serve(8000, {}, lambda: sys.exit("`manage.py demo` did not succeed: see above."))

    assert serving == ["gunicorn starts", "gunicorn is ended"]


def test_terminal_says_warnings_only_unless_env_wants_more(monkeypatch):
    monkeypatch.delenv("LOG_LEVEL", raising=False)
    assert run.environment(8000)["LOG_LEVEL"] == "WARNING"

    monkeypatch.setenv("LOG_LEVEL", "INFO")
    assert run.environment(8000)["LOG_LEVEL"] == "INFO"
