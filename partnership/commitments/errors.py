"""What can stand in the way of an event; the views say it kindly."""


class NotComplete(Exception):
    """Something that the criteria ask for is missing; `fields` names what."""

    def __init__(self, fields: list[str]) -> None:
        self.fields = fields
        super().__init__(", ".join(fields))


class NotAMember(Exception):
    """The organisation is not a member of the programme: a commitment is the third step."""


class AlreadyTold(Exception):
    """The letter has been answered; `report` is what was told."""

    def __init__(self, report) -> None:
        self.report = report
        super().__init__(str(report))


class TooLate(Exception):
    """A report can be taken back for fourteen days."""


class AlreadyInvited(Exception):
    """The organisation takes part, or has been asked and has not answered yet."""


class TooMany(Exception):
    """A commitment has at most twenty partners."""


class NobodyToAsk(Exception):
    """None of the organisation's people can be asked: it is who told, or they act for that too."""


class AlreadyAnswered(Exception):
    """The question has been answered; `row` is the confirmation as it stands."""

    def __init__(self, row) -> None:
        self.row = row
        super().__init__(str(row))
