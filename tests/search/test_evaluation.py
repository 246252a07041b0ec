"""The measure itself: what its figures mean, and that the gold set is one it can use."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from search import evaluation
from search.evaluation import Answer, GoldQuestion, asked, table
from search.queries import Engines
from tests.factories.search import indexed


def gold(words="kunta", kind="term", language="fi", **grades):
    graded = {f"/{language}/{name}/": grade for name, grade in grades.items()}
    return GoldQuestion("one", language, words, kind, "tuning", graded)


def test_the_best_answer_first_is_one_and_later_is_less():
    question = gold(best=3, good=1)

    assert Answer(question, ("/fi/best/", "/fi/good/"), 2).ndcg == pytest.approx(1)
    late = Answer(question, ("/fi/other/", "/fi/best/"), 2)
    assert late.ndcg == pytest.approx(7 / 1.58496 / (7 + 1 / 1.58496), abs=1e-4)
    assert late.recall == 0.5


def test_an_address_counts_once_however_often_it_stands_there():
    twice = Answer(gold(best=3, good=1), ("/fi/best/", "/fi/best/"), 2)

    assert twice.ndcg == pytest.approx(7 / (7 + 1 / 1.58496), abs=1e-4)


def test_a_table_tells_what_found_nothing_from_what_must_find_nothing():
    answers = [
        Answer(gold(best=3), ("/fi/best/",), 1),
        Answer(gold(best=3), (), 0),
        Answer(gold(kind="nothing"), ("/fi/best/",), 1),
        Answer(gold(kind="nothing"), (), 0),
    ]

    whole = table(answers)[-1]

    assert (whole.ndcg, whole.recall, whole.empty) == (0.5, 0.5, 0.5)
    assert (whole.false, whole.nonsense, whole.questions) == (1, 2, 4)


@pytest.mark.django_db
def test_a_question_is_put_in_its_own_language_and_as_everybody():
    indexed("Kommun", "sv", path="/sv/kommun/")
    indexed("Kommun i Finland", "sv", path="/sv/hidden/", audience="staff")

    answer = asked(gold("kommunen", language="sv", kommun=3), Engines(reduced=True))

    assert (answer.addresses, answer.total, answer.ndcg) == (("/sv/kommun/",), 1, 1)


@pytest.mark.django_db
def test_the_command_leaves_the_kept_half_alone_unless_told(tmp_path, monkeypatch, settings):
    settings.ELASTICSEARCH_URL = ""
    path = tmp_path / "gold.toml"
    path.write_text(
        "".join(
            f'[[question]]\nid = "{half}"\nlanguage = "fi"\nwords = "{half}"\nkind = "term"\n'
            f'half = "{half}"\nanswers = [{{address = "/fi/", grade = 3}}]\n'
            for half in evaluation.HALVES
        )
    )
    monkeypatch.setattr(evaluation.questions, "__defaults__", ("tuning", path))

    plain, whole = StringIO(), StringIO()
    call_command("search_quality", each=True, stdout=plain)
    call_command("search_quality", half="all", json=True, stdout=whole)

    assert "tuning" in plain.getvalue() and "kept" not in plain.getvalue()
    [rows] = json.loads(whole.getvalue()).values()
    assert rows[-1]["questions"] == 2
