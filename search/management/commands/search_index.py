from django.core.management.base import BaseCommand, CommandError

from portal.progress import Step
from search import index, queue
from search.engines import elastic


class Command(BaseCommand):
    """Bring the search index up to date.

    Without an option: write what is queued. `--rebuild`: write everything anew, in the database
    and in Elasticsearch if ELASTICSEARCH_URL names one; searching goes on meanwhile. `--check`:
    change nothing, say what is wrong, a line each, and end with status 1 if anything is. `--drop`:
    delete this portal's indices in Elasticsearch.
    """

    help = "Bring the search index up to date, rebuild it, or check it."

    def add_arguments(self, parser):
        ways = parser.add_mutually_exclusive_group()
        ways.add_argument("--rebuild", action="store_true", help="write everything anew")
        ways.add_argument("--check", action="store_true", help="say what is wrong with the index")
        ways.add_argument("--drop", action="store_true", help="delete it from Elasticsearch")

    def handle(self, *, rebuild: bool, check: bool, drop: bool, **options):
        if check:
            self.check_index()
        elif rebuild:
            self.rebuild()
        elif drop:
            self.drop()
        else:
            with Step(self.stdout, "Changes") as progress:
                done = queue.drain()
                progress(done, done)

    def rebuild(self):
        with Step(self.stdout, "Search index") as progress:
            index.refresh(progress)
        if not elastic.configured():
            return
        try:
            with Step(self.stdout, "Elasticsearch") as progress:
                elastic.rebuild(progress)
        except elastic.UnavailableError as error:
            raise CommandError(
                f"Elasticsearch was not rebuilt, the database answers searches: {error}"
            ) from error
        elastic.replay()

    def drop(self):
        if not elastic.configured():
            raise CommandError("ELASTICSEARCH_URL names no Elasticsearch.")
        try:
            elastic.drop()
        except elastic.UnavailableError as error:
            raise CommandError(f"Elasticsearch did not delete them: {error}") from error

    def check_index(self):
        problems = [*index.problems(), *(elastic.problems() if elastic.configured() else [])]
        for problem in problems:
            self.stdout.write(problem)
        if problems:
            raise CommandError(f"{len(problems)} found.")
        self.stdout.write("The search index is as it should be.")
