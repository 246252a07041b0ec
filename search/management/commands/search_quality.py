import json
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from search import evaluation
from search.engines import elastic
from search.queries import Engines

HEAD = ("engine", "language", "kind", "questions", "nDCG@10", "recall@10", "empty", "false finds")
DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


class Command(BaseCommand):
    """Put the questions of the gold set to the search and say how good its answers are.

    For the database, and for Elasticsearch where ELASTICSEARCH_URL names one: nDCG@10, recall@10,
    the share that found nothing, and how many of the questions that must find nothing found
    something, by language and kind. `--half kept` is for when the work is done. `--each` adds a
    line for each question, `--json` prints the table for programs.
    """

    help = "Say how good the search is, by the gold set."

    def add_arguments(self, parser):
        parser.add_argument("--half", choices=[*evaluation.HALVES, "all"], default="tuning")
        parser.add_argument("--each", action="store_true", help="a line for each question")
        parser.add_argument("--json", action="store_true", help="the table for programs")

    def handle(self, *, half: str, each: bool, json: bool, **options):
        questions = evaluation.questions(half)
        engines = {DATABASES[connection.vendor]: True}
        if elastic.configured():
            engines["Elasticsearch"] = False
        tables = {}
        for name, only_database in engines.items():
            answers = []
            for question in questions:
                asking = Engines(reduced=only_database)
                answers.append(evaluation.asked(question, asking))
                if asking.reduced and not only_database:
                    raise CommandError("Elasticsearch does not answer.")
            tables[name] = evaluation.table(answers)
            if each:
                for answer in sorted(answers, key=lambda one: one.question.id):
                    self.tell(name, answer)
        if json:
            self.stdout.write(as_json(tables))
            return
        self.line(HEAD)
        for name, rows in tables.items():
            for row in rows:
                self.line((name, *cells(row)))

    def tell(self, engine: str, answer: evaluation.Answer) -> None:
        question = answer.question
        score = f"{answer.total} found"
        if question.kind != evaluation.NOTHING:
            score = f"{answer.ndcg:.2f}, {score}"
        self.stdout.write(f"{engine} {question.id} {question.kind}: {question.words} ({score})")
        for address in answer.addresses:
            self.stdout.write(f"    {question.grades.get(address, '-')} {address}")
        for address in question.grades.keys() - set(answer.addresses):
            self.stdout.write(f"    missed {question.grades[address]} {address}")

    def line(self, values) -> None:
        widths = (13, 8, 20, 9, 7, 9, 6, 11)
        pairs = zip(map(str, values), widths, strict=True)
        self.stdout.write("  ".join(value.ljust(width) for value, width in pairs).rstrip())


def cells(row: evaluation.Row) -> tuple[str, ...]:
    """The values of a row as the table prints them."""
    figures = [
        "–" if figure is None else f"{figure:.{places}f}"
        for figure, places in ((row.ndcg, 3), (row.recall, 3), (row.empty, 2))
    ]
    false = f"{row.false} of {row.nonsense}" if row.nonsense else "–"
    return row.language, row.kind, str(row.questions), *figures, false


def as_json(tables: dict[str, list[evaluation.Row]]) -> str:
    return json.dumps({name: [asdict(row) for row in rows] for name, rows in tables.items()})
