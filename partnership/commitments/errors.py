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
