"""Nights at a stand-in for Finlex: what is fetched and announced, and what each fault leaves."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command

from law import incoming as decisions
from law.finlex import watching
from law.finlex.client import Finlex
from law.models import (
    Act,
    FetchedStatute,
    IncomingAmendment,
    LawWatch,
    PendingBill,
    SectionVersion,
)
from portal.mail.models import Letter
from tests.factories.accounts import UserFactory
from tests.factories.law import AmendmentFactory, PendingBillFactory, SectionVersionFactory
from tests.law import akoma
from tests.law.standin import serving

pytestmark = pytest.mark.django_db

State = IncomingAmendment.State
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


@pytest.fixture
def standin(settings):
    """The invented act 9101/2023, which nothing has amended yet."""
    with serving() as standin:
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
        settings.FINLEX_URL = standin.url
        settings.FINLEX_CONTACT = "keeper@example.org"
        settings.FINLEX_PAUSE_SECONDS = 0
        settings.FINLEX_ACTS = ["9101/2023"]
        yield standin
        assert standin.hosts <= {standin.url.split("/")[2]}


@pytest.fixture
def act(standin):
    """The act as the portal has fetched it, before anything amends it."""
    with time_machine.travel(NIGHT - timedelta(days=1)):
        watching.visit(Finlex(100), 9101, 2023)
    standin.asked.clear()
    return Act.objects.get(number=9101)


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


def night(at=NIGHT):
    """The worker's hourly turn at that moment."""
    with time_machine.travel(at):
        watching.look()


def later(days, at=NIGHT):
    return at + timedelta(days=days)


def state():
    """All that a night may change, but for when it was."""
    return (
        list(FetchedStatute.objects.order_by("pk").values_list("address", "sha256")),
        list(IncomingAmendment.objects.order_by("pk").values("number", "state", "rows", "problem")),
        list(SectionVersion.objects.order_by("pk").values("pk", "text_fi", "text_sv")),
        Letter.objects.count(),
    )


def test_an_act_that_is_new_here_is_imported_with_its_words_in_both_languages(act):
    version = SectionVersion.objects.get(section__number="2")

    assert act.name_fi == "Laki esimerkkipalveluista"
    assert version.text_fi[0]["text"] == "Kunta vastaa."
    assert version.text_sv[0]["text"] == "Kommunen ansvarar."
    assert not IncomingAmendment.objects.exists()
    assert act.sections.get(number="2").eid == "chp_1__sec_2"


def test_an_amendment_is_announced_and_ready_the_night_after(act, standin):
    lawyer = UserFactory(role="lawyer", language="en")
    amend(standin)

    night()

    one = IncomingAmendment.objects.get()
    assert (one.reference, one.state, one.problem) == ("9103/2026", State.READY, "")
    assert one.sections == ["2"]
    assert one.in_force_from == date(2027, 1, 1)
    assert one.given_on == date(2026, 10, 30)
    assert one.title_sv == "Lag om ändring av lagen om exempelservice"
    [letter] = Letter.objects.filter(template="law/published")
    assert letter.to == lawyer.email
    told = letter.text.replace("\xa0", " ")
    assert "9103/2026 has been published: 1 section, in force 1 January 2027" in told


def test_a_bill_whose_act_has_been_published_is_given(act, standin):
    bill = PendingBillFactory(acts=[act], number="HE 9903/2026")
    amend(standin)
    assert PendingBill.objects.pending_in(act).exists()

    night()

    bill.refresh_from_db()
    assert bill.stage == "given"
    assert not PendingBill.objects.pending_in(act).exists()


def test_nothing_is_asked_without_an_address_or_a_contact(act, standin, settings):
    settings.FINLEX_CONTACT = ""
    night()
    settings.FINLEX_URL, settings.FINLEX_CONTACT = "", "keeper@example.org"
    night()

    assert standin.asked == []


def test_a_quiet_night_has_two_requests_and_changes_nothing(act, standin):
    amend(standin)
    night()
    before = state()
    standin.asked.clear()

    night(later(1))

    assert state() == before
    assert len(standin.asked) == 2
    assert LawWatch.objects.get().looked_at - later(1) < timedelta(minutes=1)


def test_no_version_is_ever_asked_for_without_saying_which(act, standin):
    amend(standin)
    night()

    assert not [one for one in standin.asked if "consolidated" in one and one.endswith("@")]


@pytest.mark.parametrize(
    ("hours", "at", "looks"),
    [(19, 3, False), (21, 3, True), (21, 12, False), (29, 12, False), (31, 12, True)],
)
def test_it_looks_in_the_night_or_when_the_last_look_is_too_old(act, standin, hours, at, looks):
    now = datetime(2026, 12, 10, at, 30, tzinfo=UTC)
    LawWatch.objects.update(
        looked_at=now - timedelta(hours=hours), tried_at=now - timedelta(hours=hours)
    )

    night(now)

    assert bool(standin.asked) == looks


FAULTS = [403, 404, 429, (429, 3600), 500, "cut", "empty", "doctype", "large", "truncated"]
FAULTS += ["elsewhere", "broken off"]


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("at", ["fin@latest", "statute/list"])
def test_a_look_that_fails_says_why_and_the_next_one_makes_up_for_it(
    act, standin, fault, at, monkeypatch
):
    monkeypatch.setattr("portal.outbound.FIRST_WAIT", 0)
    looked = LawWatch.objects.get().looked_at
    before = state()
    amend(standin)
    standin.always[at] = fault

    night()

    watch = LawWatch.objects.get()
    assert watch.problem
    assert watch.looked_at == looked
    assert state()[2] == before[2]

    standin.always.clear()
    night(later(1))

    assert IncomingAmendment.objects.get().state == State.READY
    assert LawWatch.objects.get().problem == ""


def test_the_swedish_that_comes_days_later_is_waited_for(act, standin):
    amend(standin, swedish=False)

    night()
    one = IncomingAmendment.objects.get()
    assert one.state == State.ANNOUNCED
    assert "no consolidated text with it yet in Swedish" in one.problem
    assert one.sections == ["2"]

    publish_version(standin, "sv")
    night(later(1))

    one.refresh_from_db()
    assert (one.state, one.problem) == (State.READY, "")
    assert Letter.objects.filter(template="law/published").count() == 0


def test_an_act_that_is_published_before_its_consolidated_text_is_announced(act, standin):
    given = {"given": "2026-10-30", "day": "2027-01-01", "changed": [THEN[1]]}
    standin.publish(*ACT, TITLE, fi=akoma.amending("fi", *ACT, **given))

    night()

    one = IncomingAmendment.objects.get()
    assert (one.state, one.sections) == (State.ANNOUNCED, ["2"])
    assert one.in_force_from == date(2027, 1, 1)


def test_an_older_version_than_the_one_at_hand_is_not_taken(act, standin):
    amend(standin)
    night()
    before = state()
    standin.pinned["latest"] = "20239101"

    night(later(1))

    assert state() == before
    assert "older than 20269103" in LawWatch.objects.get().problem


def test_a_file_of_another_version_or_act_is_refused(act, standin):
    amend(standin)
    standin.pinned[VERSION] = "20239101"
    standin.versions[9101, 2023, "fi"]["latest"] = standin.originals[9103, 2026, "fi"]

    night()

    assert "it is 9103/2026" in LawWatch.objects.get().problem
    assert not FetchedStatute.objects.filter(version=VERSION).exists()


def test_a_swedish_file_of_another_version_is_refused(act, standin):
    amend(standin)
    standin.pinned[VERSION] = "20239101"

    night()

    assert "it is version 20239101" in LawWatch.objects.get().problem
    assert IncomingAmendment.objects.get().state == State.ANNOUNCED


def test_a_file_that_was_made_anew_with_the_same_words_is_stored_quietly(act, standin):
    amend(standin)
    night()
    files = FetchedStatute.objects.count()
    rows = IncomingAmendment.objects.values("state", "rows").get()
    standin.status = "MODIFIED"
    for (_number, _year, language), every in standin.versions.items():
        every[VERSION] = f"{every[VERSION]}\n<!-- made anew, {language} -->"

    night(later(1))

    assert FetchedStatute.objects.count() == files + 1
    assert IncomingAmendment.objects.values("state", "rows").get() == rows


def test_words_that_are_corrected_before_the_decision_are_read_anew(act, standin):
    amend(standin)
    night()
    text = standin.versions[9101, 2023, "fi"][VERSION]
    standin.consolidate(
        9101, 2023, VERSION, fi=text.replace("Hyvinvointialue vastaa.", "Hyvinvointialue hoitaa.")
    )

    night(later(1))

    one = IncomingAmendment.objects.get()
    assert one.state == State.READY
    assert "Hyvinvointialue hoitaa." in str(one.rows)


def test_swedish_words_that_are_corrected_alone_are_read_within_a_week(act, standin):
    amend(standin)
    night()
    text = standin.versions[9101, 2023, "sv"][VERSION]
    standin.consolidate(9101, 2023, VERSION, sv=text.replace("det ansvarar.", "det sköter."))
    standin.asked.clear()
    for day in range(1, 8):
        before = len(standin.asked)
        night(later(day))
        assert 2 <= len(standin.asked) - before <= 4
    assert len([one for one in standin.asked if f"swe@{VERSION}" in one]) == 1
    assert "Välfärdsområdet sköter." in str(IncomingAmendment.objects.get(state=State.READY).rows)


def test_words_that_are_corrected_after_the_decision_come_to_a_lawyer_again(act, standin):
    amend(standin)
    night()
    IncomingAmendment.objects.update(state=State.CONFIRMED)
    text = standin.versions[9101, 2023, "fi"][VERSION]
    standin.consolidate(
        9101, 2023, VERSION, fi=text.replace("Hyvinvointialue vastaa.", "Hyvinvointialue hoitaa.")
    )

    night(later(1))

    assert IncomingAmendment.objects.get().state == State.READY


def test_what_was_dismissed_stays_so(act, standin):
    amend(standin)
    night()
    IncomingAmendment.objects.update(state=State.DISMISSED)

    night(later(1))

    assert IncomingAmendment.objects.get().state == State.DISMISSED


def test_a_note_that_nobody_understands_keeps_the_act_announced_with_its_place(act, standin):
    amend(standin)
    note = (
        '<hcontainer name="noteAuthorial"><content><p>Katso myös muuta.</p></content></hcontainer>'
    )
    text = standin.versions[9101, 2023, "fi"][VERSION]
    spoilt = text.replace("</section>", f"</section>{note}", 1)
    standin.consolidate(9101, 2023, VERSION, fi=spoilt)

    night()

    one = IncomingAmendment.objects.get()
    assert one.state == State.ANNOUNCED
    assert "9101-2023-fi-20269103.xml" in one.problem
    assert "line" in one.problem


def test_a_decree_given_under_the_act_follows_by_itself(act, standin):
    amend(standin)
    sections = [FIRST[0], (*COMING_FI, ACT, "2027-01-01")]
    text = akoma.consolidated(
        "fi", VERSION, sections, BY, given="2026-10-30", decrees=[(9104, 2024)]
    )
    standin.consolidate(9101, 2023, VERSION, fi=text)

    night()

    assert LawWatch.objects.filter(number=9104, year=2024).exists()


def test_the_nights_requests_are_few_even_when_every_hour_fails(act, standin, monkeypatch):
    monkeypatch.setattr("portal.outbound.FIRST_WAIT", 0)
    amend(standin)
    standin.always["fin@latest"] = 500

    for hours in range(30, 54):
        night(NIGHT + timedelta(hours=hours))

    assert len(standin.asked) <= 2 * watching.NIGHTLY


def test_three_days_without_a_good_look_are_told(act, settings):
    with time_machine.travel(LawWatch.objects.get().looked_at + timedelta(days=2)):
        assert watching.stale() == []
    with time_machine.travel(LawWatch.objects.get().looked_at + timedelta(days=3, hours=1)):
        assert [str(one) for one in watching.stale()] == ["9101/2023"]


def test_the_command_fetches_everything_once_and_says_what_is_new(standin, capsys):
    amend(standin)

    call_command("fetch_law")
    told = capsys.readouterr().out
    assert "9103/2026: ready to be taken into use." in told
    assert mail.outbox == []
    before, asked = state(), len(standin.asked)

    call_command("fetch_law", "9101/2023")

    assert state() == before
    assert "nothing changed." in capsys.readouterr().out
    assert len(standin.asked) - asked == 2


def test_a_dry_run_keeps_the_files_and_changes_nothing_else(standin, capsys):
    amend(standin)

    call_command("fetch_law", "--dry-run")

    assert "9103/2026: ready to be taken into use." in capsys.readouterr().out
    assert not Act.objects.filter(number=9101).exists()
    assert not IncomingAmendment.objects.exists()
    assert FetchedStatute.objects.count() == 6


def known(act, text_fi, text_sv):
    """Act 9103/2026 as the portal has it already, from another file."""
    amendment = AmendmentFactory(
        act=act,
        number=9103,
        year=2026,
        given_on=date(2026, 10, 30),
        in_force_from=date(2027, 1, 1),
    )
    return SectionVersionFactory(
        section=act.sections.get(number="2"),
        amendment=amendment,
        valid_from=date(2027, 1, 1),
        heading_fi="Tehtävä",
        heading_sv="Uppgift" if text_sv else "",
        text_fi=text_fi and [{"text": text_fi, "items": []}],
        text_sv=text_sv and [{"text": text_sv, "items": []}],
    )


def test_an_act_whose_words_are_here_already_is_compared_and_not_doubled(act, standin):
    known(act, "Hyvinvointialue vastaa.", "Välfärdsområdet ansvarar.")
    amend(standin)

    night()

    assert not IncomingAmendment.objects.exists()
    assert LawWatch.objects.get().version == VERSION


def test_the_language_that_is_missing_of_an_act_that_is_here_is_for_a_lawyer(act, standin):
    version = known(act, "Hyvinvointialue vastaa.", [])
    amend(standin)

    night()

    one = IncomingAmendment.objects.get()
    assert one.state == State.READY
    decisions.take_into_use(one, by=UserFactory(role="lawyer"))
    version.refresh_from_db()
    assert version.text_sv[0]["text"] == "Välfärdsområdet ansvarar."
    assert SectionVersion.objects.filter(amendment__number=9103).count() == 1


def test_other_words_of_an_act_that_is_here_are_told_with_the_section(act, standin):
    known(act, "Aivan muuta.", "Välfärdsområdet ansvarar.")
    amend(standin)

    night()

    one = IncomingAmendment.objects.get()
    assert one.state == State.ANNOUNCED
    assert one.problem == "the portal has other words of sections 2"


def test_a_decree_that_cannot_be_had_takes_one_try_a_night(act, standin, monkeypatch):
    LawWatch.objects.create(number=9104, year=2024)

    for hours in range(30, 52):
        night(NIGHT + timedelta(hours=hours))

    assert len([one for one in standin.asked if "9104" in one]) <= 6


def test_of_two_workers_in_the_same_hour_one_takes_the_turn(act):
    now = later(3)
    mine, other = LawWatch.objects.get(), LawWatch.objects.get()

    assert watching._claim(mine, now)
    assert not watching._claim(other, now)
