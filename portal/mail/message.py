"""A letter as mail: what Django's message leaves to be put right."""

from email.header import Header

from django.core.mail import EmailMultiAlternatives

LONGEST_LINE = 75  # RFC 2047, section 2: an encoded word is not longer


class LetterMessage(EmailMultiAlternatives):
    """Mail whose subject is folded into encoded words that every mail program reads.

    Django's own are up to 78 characters long, and begin on a line after an empty "Subject:".
    """

    def message(self):
        mail = super().message()
        if not self.subject.isascii():
            subject = Header(self.subject, "utf-8", maxlinelen=LONGEST_LINE, header_name="Subject")
            mail.replace_header("Subject", subject.encode())
        return mail
