"""What can stand in the way of an event; the views say it kindly."""


class TooManyToday(Exception):
    """The asker has sent as many questions as one may in a day."""


class DraftElsewhere(Exception):
    """The draft was written in another window after this one was opened."""

    def __init__(self, draft):
        self.draft = draft
        super().__init__(str(draft))


class NotTheirs(Exception):
    """Another lawyer has the question, or its check."""


class SentBefore(Exception):
    """The form was sent already, as `question`, and now says something else."""

    def __init__(self, question):
        self.question = question
        super().__init__(str(question))


class SameLawyer(Exception):
    """Who wrote an answer cannot be the one who checks it."""


class NothingWritten(Exception):
    """There is no text to send: a draft for the check, or words for the public answer."""


class NotForOthers(Exception):
    """The question is secret, or its asker wants the answer alone: others cannot be shown it."""


class LawChanged(Exception):
    """A section that the answer rests on has changed since the words for everyone were written."""


class OtherLanguage(Exception):
    """The question to join with is answered in another language than this asker's."""


class PersonalDataLeft(Exception):
    """A text to be published still has something in it that may tell who a person is."""

    def __init__(self, findings):
        self.findings = findings
        super().__init__(", ".join(finding.kind.value for finding in findings))
