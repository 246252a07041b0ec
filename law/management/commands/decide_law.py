from django.core.management.base import BaseCommand, CommandError

from law import incoming as decisions
from law.models import IncomingAmendment
from law.parsers.parsed import REFERENCE
from portal.accounts.models import User
from portal.days import written_day
from portal.errors import BrokenFileError
from portal.languages import in_language
from portal.workflow import TransitionNotAllowed

REFUSED = {
    "letter": "a letter has told of it already",
    "later": "the act has been changed since; undo what came later first",
    "referred": "something rests on a section that it added",
    "before": "it was taken in from a file",
}


class Command(BaseCommand):
    """Decide on an amending act that waits, as a lawyer does in /cms/law-incoming/.

    `decide_law 721/2025 --by USER` with one of: --take-into-use, --dismiss REASON, --reopen,
    --undo, --day DAY (when it comes into force). Without any of them it says how the act stands
    and what would follow. USER is the e-mail address of a lawyer's account. What cannot be done
    ends with status 1, the reason, and nothing changed.
    """

    help = "Take an amending act into use, dismiss it, or undo that, as a lawyer."

    def add_arguments(self, parser):
        parser.add_argument("reference", metavar="ACT", help="The amending act: 721/2025")
        parser.add_argument("--by", metavar="USER", help="E-mail address of the lawyer")
        parser.add_argument("--of", metavar="ACT", help="The act that it amends, if it amends many")
        decision = parser.add_mutually_exclusive_group()
        decision.add_argument("--take-into-use", action="store_true")
        decision.add_argument("--dismiss", metavar="REASON")
        decision.add_argument("--reopen", action="store_true")
        decision.add_argument("--undo", action="store_true")
        decision.add_argument("--day", metavar="DAY", help="When it comes into force: 2026-01-31")

    def handle(self, reference, by, of, **options):
        with in_language("en"):
            self._handle(self._found(reference, of), by, options)

    def _handle(self, waiting, by, options):
        reference = waiting.reference
        decide = self._decision(options)
        if decide is None:
            self._say(waiting)
            return
        person = User.objects.filter(email__iexact=by or "", is_active=True).first()
        if person is None or not decisions.may_decide(person):
            raise CommandError("--by does not name a lawyer's account")
        try:
            decide(waiting, person)
        except decisions.CannotUndoError as error:
            raise CommandError(f"{reference} was not undone: {REFUSED[error.reason]}") from error
        except TransitionNotAllowed as error:
            raise CommandError(f"{reference} is {waiting.get_state_display().lower()}") from error
        except (BrokenFileError, decisions.NotReadyError) as error:
            raise CommandError(f"{reference} was not taken into use. {error}") from error
        waiting.refresh_from_db()
        self.stdout.write(f"{reference}: {waiting.get_state_display()}.")

    def _found(self, reference, of) -> IncomingAmendment:
        """The act by its number; raises CommandError for none, or for more than one."""
        found = IncomingAmendment.objects.all()
        for words, names in ((reference, ("number", "year")), (of, ("act__number", "act__year"))):
            if words is None:
                continue
            match = REFERENCE.fullmatch(words)
            if match is None:
                raise CommandError(f"“{words}” is not the number of an act such as 721/2025")
            found = found.filter(**dict(zip(names, map(int, match.groups()), strict=True)))
        rows = list(found)
        if not rows:
            raise CommandError(f"no amending act {reference} has come")
        if rows[1:]:
            acts = ", ".join(one.act.reference for one in rows)
            raise CommandError(f"{reference} amends {acts}: say which with --of")
        return rows[0]

    def _decision(self, options):
        """What was asked for, as something to do to an act by somebody; None when nothing was."""
        if options["take_into_use"]:
            return lambda one, by: decisions.take_into_use(one, by=by)
        if options["dismiss"]:
            return lambda one, by: decisions.dismiss(one, by=by, reason=options["dismiss"])
        if options["reopen"]:
            return lambda one, by: decisions.reopen(one, by=by)
        if options["undo"]:
            return lambda one, by: decisions.undo(one, by=by)
        if options["day"] is None:
            return None
        try:
            day = written_day(options["day"])
        except ValueError as error:
            raise CommandError(f"“{options['day']}” is no day such as 2025-01-31") from error
        return lambda one, by: decisions.set_day(one, by=by, day=day)

    def _say(self, waiting: IncomingAmendment) -> None:
        """How the act stands, and section by section what would follow."""
        day = waiting.in_force_from or "not known yet"
        self.stdout.write(f"{waiting}: {waiting.get_state_display()}, in force from: {day}.")
        if waiting.problem:
            self.stdout.write(f"Not read: {waiting.problem}")
        if waiting.state != IncomingAmendment.State.READY:
            return
        shown = decisions.preview(waiting)
        if shown.problem and shown.problem != waiting.problem:
            self.stdout.write(f"It would be refused: {shown.problem}")
        for change in shown.sections:
            checks = sum(change.reviews.values())
            self.stdout.write(f"{change.told}: {checks} checks.")
        self.stdout.write(f"Followers who would get a letter: {shown.followers}.")
