"""What is said of a statute by its kind: an act is amended by acts, a decree by decrees."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .models import Act

WORDS: dict[str, tuple[Promise, Promise]] = {
    "find": (_("Find in the Act"), _("Find in the decree")),
    "not here": (
        _("Acts that have changed this Act and are not here yet"),
        _("Decrees that have changed this decree and are not here yet"),
    ),
    "in force": (
        _("Act %(act)s, in force from %(day)s"),
        _("Decree %(act)s, in force from %(day)s"),
    ),
    "not yet": (
        _(
            "The Act is in force from %(first)s, and not yet on %(day)s. Below it is as it was"
            " enacted."
        ),
        _(
            "The decree is in force from %(first)s, and not yet on %(day)s. Below it is as it was"
            " given."
        ),
    ),
    "as it reads": (_("The Act as it reads on %(day)s."), _("The decree as it reads on %(day)s.")),
    "language": (
        _("The Act is law in Finnish and in Swedish; this is the Finnish text."),
        _("The decree is law in Finnish and in Swedish; this is the Finnish text."),
    ),
    "headings": (
        _(
            "English headings are our own unofficial translation: the Act is authentic in Finnish"
            " and in Swedish."
        ),
        _(
            "English headings are our own unofficial translation: the decree is authentic in"
            " Finnish and in Swedish."
        ),
    ),
    "headings as given": (
        _("Headings as the act was given."),
        _("Headings as the decree was given."),
    ),
    "stands": (
        _("The words stand as the act gave them; nothing was put together."),
        _("The words stand as the decree gave them; nothing was put together."),
    ),
    "whole": (_("What rests on the act as a whole"), _("What rests on the decree as a whole")),
    "compare": (
        _("Compare the whole Act on these days"),
        _("Compare the whole decree on these days"),
    ),
    "came": (_("Acts that came into force"), _("Decrees that came into force")),
    "awaited": (
        _("Act %(act)s has changed this section since %(day)s; its words are not here yet."),
        _("Decree %(act)s has changed this section since %(day)s; its words are not here yet."),
    ),
    "awaited, in short": (
        _("Changed by act %(act)s; words not here yet"),
        _("Changed by decree %(act)s; words not here yet"),
    ),
    "given": (_("Act %(act)s, given on %(given)s"), _("Decree %(act)s, given on %(given)s")),
    "added": (_("Added by act %(act)s"), _("Added by decree %(act)s")),
    "amended": (_("Amended by act %(act)s"), _("Amended by decree %(act)s")),
    "fact: added": (_("Added by"), pgettext_lazy("a decree", "Added by")),
    "fact: amended": (_("Amended by"), pgettext_lazy("a decree", "Amended by")),
    "fact: repealed": (_("Repealed by"), pgettext_lazy("a decree", "Repealed by")),
    "fact: will repeal": (
        _("Will be repealed by"),
        pgettext_lazy("a decree", "Will be repealed by"),
    ),
    "as given": (_("As given in act %(act)s"), _("As given in decree %(act)s")),
    "as amended": (
        _("As amended by act %(act)s, in force from %(day)s."),
        _("As amended by decree %(act)s, in force from %(day)s."),
    ),
    "changes": (_("Act %(act)s changes this section."), _("Decree %(act)s changes this section.")),
    "swedish alone": (
        _("Act %(act)s changed the Swedish wording alone"),
        _("Decree %(act)s changed the Swedish wording alone"),
    ),
    "finnish alone": (
        _("Act %(act)s changed the Finnish wording alone"),
        _("Decree %(act)s changed the Finnish wording alone"),
    ),
    "enacted": (
        _("The wording as enacted in act %(act)s"),
        _("The wording as given in decree %(act)s"),
    ),
    "repealed": (
        _("Repealed by act %(act)s from %(day)s."),
        _("Repealed by decree %(act)s from %(day)s."),
    ),
    "repeals": (
        _("Act %(act)s repeals this section from %(day)s."),
        _("Decree %(act)s repeals this section from %(day)s."),
    ),
    "has repealed": (
        _("Act %(act)s repealed this section. It has not been in force since %(day)s."),
        _("Decree %(act)s repealed this section. It has not been in force since %(day)s."),
    ),
    "has added": (
        _("Added by act %(act)s, in force from %(day)s."),
        _("Added by decree %(act)s, in force from %(day)s."),
    ),
    "has amended": (
        _("Amended by act %(act)s, in force from %(day)s."),
        _("Amended by decree %(act)s, in force from %(day)s."),
    ),
    "renumbered": (
        _("From %(day)s this section is %(section)s: act %(act)s gives it another number."),
        _("From %(day)s this section is %(section)s: decree %(act)s gives it another number."),
    ),
    "moved": (
        _("Act %(act)s comes into force on another day: %(day)s."),
        _("Decree %(act)s comes into force on another day: %(day)s."),
    ),
}


def said(statute: Act, what: str, **words: str) -> str:
    """A sentence of WORDS for the kind of a statute, with words such as `act` and `day` in it.

    What amends a statute is called by the same kind. KeyError for a sentence that there is not.
    """
    of_act, of_decree = WORDS[what]
    sentence = str(of_decree if statute.kind == Act.Kind.DECREE else of_act)
    return sentence % words if words else sentence
