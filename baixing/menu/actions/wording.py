from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baixing.journal import actions as journal
from baixing.kernel.refusals import NotAllowed, Overtaken
from baixing.menu.actions.editing import stamp
from baixing.menu.models import Synonym
from baixing.menu.queries import synonyms_digest
from baixing.menu.rules import edits_menu
from baixing.network.models import Unit
from baixing.people.models import Person

Pair = tuple[str, str]


@transaction.atomic
def set_synonyms(unit: Unit, pairs: Iterable[Pair], *, seen: str, by: Person, at: datetime) -> None:
    """The whole list of what people say and what it means, in place of the one that was `seen`."""
    if not edits_menu(by, unit, at):
        raise NotAllowed(_("Only the staff of this centre look after its menu."))
    stamp(unit)  # the turn: of two at once the second waits here, and then reads what the first has written
    if seen != synonyms_digest(unit):
        raise Overtaken(_("Somebody else has changed this list meanwhile."))
    Synonym.objects.filter(unit=unit).delete()
    wanted = dict.fromkeys(pair for pair in pairs if pair[0] != pair[1])
    Synonym.objects.bulk_create(Synonym(unit=unit, word=word, means=means) for word, means in wanted)
    journal.write("set_synonyms", unit, by=by, at=at, pairs=len(wanted))
