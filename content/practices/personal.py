"""What practices hold of people: who wrote, judged and told."""

from django.utils.translation import gettext_lazy as _

from portal.personal import Held, Personal

from .models import Adoption, Judgement, Practice

STAYS = _("The words are the organisation’s and public; who wrote them goes.")
PERSONAL = Personal(
    Held(Practice, ("author",), stays=STAYS),
    Held(Practice, ("contact",), stays=STAYS, clears=("contact",)),
    Held(Judgement, ("by",), stays=STAYS, words=("line",)),
    Held(Adoption, ("by",), stays=STAYS, words=("result",)),
)
