import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.consolidation import CannotConsolidate, applied, as_lines, from_lines
from law.parsers import TextualModification, Wording

BEFORE = Wording(
    "Otsikko",
    [
        {"text": "Alku:", "items": ["1) yksi;", "2) kaksi;", "3) kolme."]},
        {"text": "Toinen.", "items": []},
        {"text": "Kolmas.", "items": []},
    ],
)
WORDS = st.text(alphabet="abcåäö ", min_size=1).map(lambda one: f"X{' '.join(one.split())}")
TEXTS = st.lists(
    st.builds(
        lambda text, items: {
            "text": text,
            "items": [f"{number}) {words}" for number, words in enumerate(items, start=1)],
        },
        WORDS,
        st.lists(WORDS, max_size=4),
    ),
    max_size=5,
)


def new(text):
    return {"text": text, "items": []}


def test_a_subsection_an_item_an_intro_and_a_heading_are_set_in():
    after = applied(
        [
            TextualModification("substitution", heading=True, content="Uusi otsikko"),
            TextualModification("substitution", 1, "2", content="2) muutettu;"),
            TextualModification("substitution", 1, intro=True, content="Uusi alku:"),
            TextualModification("substitution", 3, content=new("Muutettu.")),
        ],
        BEFORE,
    )

    assert after.heading == "Uusi otsikko"
    assert after.text[0] == {
        "text": "Uusi alku:",
        "items": ["1) yksi;", "2) muutettu;", "3) kolme."],
    }
    assert [one["text"] for one in after.text[1:]] == ["Toinen.", "Muutettu."]


def test_repealed_subsections_are_counted_as_they_stood_and_new_ones_as_they_will():
    after = applied(
        [
            TextualModification("repeal", 1),
            TextualModification("substitution", 2, content=new("Muutettu toinen.")),
            TextualModification("insertion", 2, content=new("Uusi.")),
        ],
        BEFORE,
    )

    assert [one["text"] for one in after.text] == ["Muutettu toinen.", "Uusi.", "Kolmas."]


def test_items_keep_their_numbers():
    after = applied(
        [
            TextualModification("repeal", 1, "1"),
            TextualModification("insertion", 1, "2a", content="2 a) väliin;"),
        ],
        BEFORE,
    )

    assert after.text[0]["items"] == ["2) kaksi;", "2 a) väliin;", "3) kolme."]


@pytest.mark.parametrize(
    "part",
    [
        TextualModification("substitution", 4, content=new("x")),
        TextualModification("substitution", 1, "9", content="9) x"),
        TextualModification("insertion", 1, "2", content="2) x"),
        TextualModification("repeal", 2, "1"),
        TextualModification("insertion", 6, content=new("x")),
    ],
)
def test_what_is_not_there_is_not_guessed(part):
    with pytest.raises(CannotConsolidate):
        applied([part], BEFORE)


def test_a_subsection_is_added_at_the_end_and_no_place_after_it():
    after = applied([TextualModification("insertion", 4, content=new("Neljäs."))], BEFORE).text

    assert [one["text"] for one in after] == ["Alku:", "Toinen.", "Kolmas.", "Neljäs."]
    with pytest.raises(CannotConsolidate):
        applied([TextualModification("insertion", 5, content=new("Viides."))], BEFORE)


@given(text=TEXTS)
def test_no_parts_change_nothing(text):
    assert applied([], Wording("A", text)).text == text


@given(text=TEXTS.filter(bool), data=st.data())
def test_a_changed_subsection_leaves_the_others_as_they_were(text, data):
    place = data.draw(st.integers(1, len(text)))

    after = applied(
        [TextualModification("substitution", place, content=new("Uusi."))], Wording("A", text)
    ).text

    assert after == [*text[: place - 1], new("Uusi."), *text[place:]]


@given(text=TEXTS, data=st.data())
def test_adding_and_repealing_again_gives_the_text_before(text, data):
    place = data.draw(st.integers(1, len(text) + 1))
    with_new = applied(
        [TextualModification("insertion", place, content=new("Uusi."))], Wording("A", text)
    )

    assert applied([TextualModification("repeal", place)], with_new).text == text


@given(text=TEXTS)
def test_lines_for_people_lead_back_to_the_text(text):
    assert from_lines(as_lines(text)) == text


SAID = st.text(alphabet="ab1)(*|\\–- ", min_size=1, max_size=8).map(
    lambda one: " ".join(one.split())
)
SAID = SAID.filter(bool)
CELLS = st.text(alphabet="a|\\ 1", max_size=5).map(lambda one: " ".join(one.split()))
NUMBERED = st.tuples(st.integers(1, 99), SAID).map(lambda one: f"{one[0]}) {one[1]}")
SUB_ITEMS = st.lists(st.one_of(SAID, SAID.map(lambda one: f"a) {one}")), max_size=2)
ANY_ITEM = st.tuples(st.one_of(NUMBERED, SAID), SUB_ITEMS).map(
    lambda one: "\n".join([one[0], *one[1]])
)


@st.composite
def subsections(draw):
    """A subsection of any shape that a statute can have."""
    found = {"text": draw(SAID), "items": draw(st.lists(ANY_ITEM, max_size=3))}
    if found["items"] and draw(st.booleans()):
        found["text"] = ""
    if draw(st.booleans()):
        width = draw(st.integers(1, 3))
        row = st.lists(CELLS, min_size=width, max_size=width)
        found["table"] = draw(st.lists(row, min_size=1, max_size=3))
    if (found["items"] or "table" in found) and draw(st.booleans()):
        found["closing"] = draw(SAID)
    return found


@given(text=st.lists(subsections(), max_size=4))
def test_lines_lead_back_to_items_closing_words_and_tables_of_any_shape(text):
    assert from_lines(as_lines(text)) == text


def test_a_person_reads_and_writes_closing_words_and_a_table_as_plain_lines():
    text = [
        {
            "text": "Tuki on:",
            "items": ["1) rahaa;\na) heti; tai\nb) myöhemmin.", "2) neuvoja."],
            "table": [["Ryhmä", "Määrä"], ["A", "10"]],
            "closing": "Loppu koskee molempia.",
        }
    ]

    lines = as_lines(text)

    assert lines.splitlines() == [
        "Tuki on:",
        "1) rahaa;",
        "a) heti; tai",
        "b) myöhemmin.",
        "2) neuvoja.",
        "| Ryhmä | Määrä |",
        "| A | 10 |",
        "Loppu koskee molempia.",
    ]
    assert from_lines(lines) == text
    assert from_lines("Alku\njatkuu:\r\n1) yksi\n\nToinen") == [
        {"text": "Alku jatkuu:", "items": ["1) yksi"]},
        {"text": "Toinen", "items": []},
    ]
