"""What the machine does with a list, one step after the other, each in a transaction: kill it, and it begins again.

The rows of `Import` are the queue. Whoever takes one up says until when; if it is not heard of any more, the next one
takes it up anew and finds it as it was.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import OperationalError, transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from baixing.exchange.actions.undoing import take_back
from baixing.exchange.actions.verbs import drop
from baixing.exchange.actions.writing import WRITERS
from baixing.exchange.models import Import, Made
from baixing.exchange.queries.cells import BAD, Checked
from baixing.exchange.queries.checks import check
from baixing.exchange.queries.table import Table
from baixing.exchange.queries.verdicts import counts, dumped, verdict_of
from baixing.exchange.rules import KEPT, LEASE, LIFE, TRIES, check_bringing
from baixing.journal import actions as journal
from baixing.kernel.fields import Phone
from baixing.kernel.refusals import Overtaken, Refused
from baixing.people import actions as people
from baixing.people.actions.turns import take_turn

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]
State = Import.State
AT_ONCE: Final = 500


def work(clock: Clock) -> bool:
    """See the import through that has waited longest; False when none waits."""
    source = _taken_up(clock())
    if source is None:
        return False
    with translation.override(source.language or settings.LANGUAGE_CODE):
        try:
            STEPS[State(source.state)](source, clock)
        except OperationalError:
            raise
        except Overtaken:  # somebody has changed a row in between: look again at once
            Import.objects.filter(pk=source.pk).update(busy_until=None)
        except Exception as error:  # noqa: BLE001 - whatever it was, it must not stop the lists of others
            # Only what it was, never what it says: a database names the values that it refuses.
            log.error("import %s broke off: %s", source.pk, type(error).__name__)  # noqa: TRY400 - no traceback either
            with suppress(Overtaken):  # somebody has laid it aside meanwhile
                _break_off(source, clock())
    return True


def forget(*, at: datetime) -> int:
    """Lay aside the lists that nobody has confirmed for a day, with all that they say; how many."""
    unsaid = Import.objects.filter(state__in=(State.CHECKING, State.READY, State.FAULTY), at__lt=at - KEPT)
    dropped = sum(_dropped(source, at) for source in unsaid.select_related("unit", "by"))
    over = Made.objects.filter(source__written_at__lt=at - KEPT).exclude(source__state=State.UNDOING)
    over.exclude(before="").update(before="")
    return dropped


def _dropped(source: Import, at: datetime) -> bool:
    try:
        drop(source, by=None, at=at)
    except Overtaken:  # somebody has just confirmed it, or laid it aside
        return False
    return True


def _taken_up(at: datetime) -> Import | None:
    source = Import.objects.idle(at).select_related("unit", "by", "undone_by").order_by("at", "pk").first()
    if source is None:
        return None
    ours = Import.objects.filter(pk=source.pk, version=source.version, busy_until=source.busy_until)
    if not ours.update(busy_until=at + LEASE, tries=F("tries") + 1):
        return None
    source.refresh_from_db(fields=["tries", "busy_until"])
    return source


def _check(source: Import, clock: Clock) -> None:
    """Look at each row. Everybody sees how far it is."""

    def tell(reached: int) -> None:
        Import.objects.filter(pk=source.pk).update(reached=reached, busy_until=clock() + LEASE)

    checked = check(source, Table.loaded(source.table), clock(), tell)
    _pass_or_fail(source, checked)


def _write(source: Import, clock: Clock) -> None:
    """All rows or none. It is looked at again once it is its turn: what is true may have changed since it was read."""
    table = Table.loaded(source.table)
    try:
        with transaction.atomic():
            _take_turns(source, table)
            at = clock()
            check_bringing(source.by, source.kind, source.unit, at)
            checked = look_again(source, table, at)
            if any(one.verdict == BAD for one in checked):
                _pass_or_fail(source, checked)
                return
            outcome = WRITERS[source.kind]([c.deed for c in checked if c.deed], source.unit, source.by, at)
            Made.objects.bulk_create(outcome.rows(source), batch_size=AT_ONCE)
            found = counts(checked)
            told = {"table": "", "verdicts": "", "written_at": at, "ended_at": at, "busy_until": None}
            LIFE.move("write", None, source, **told, **found)  # type: ignore[arg-type]  # none of them is called end
            journal.write("write", source, by=source.by, at=at, **found)  # type: ignore[arg-type]  # nor words
    except (Overtaken, OperationalError):
        raise
    except Refused as no:
        _refuse(source, str(no))


def look_again(source: Import, table: Table, at: datetime) -> list[Checked]:
    return check(source, table, at)


def _undo(source: Import, clock: Clock) -> None:
    with transaction.atomic():
        take_turn("import", "")
        at = clock()
        removed, kept = take_back(source, at)
        LIFE.move("take_back", None, source, kept=kept, ended_at=at, busy_until=None)
        journal.write("take_back", source, by=source.undone_by, at=at, removed=removed, kept=kept)


STEPS: Final[dict[Import.State, Callable[[Import, Clock], None]]] = {
    State.CHECKING: _check,
    State.WRITING: _write,
    State.UNDOING: _undo,
}


def _take_turns(source: Import, table: Table) -> None:
    """One list is written at a time; and nobody else enrols behind the phones that it names."""
    take_turn("import", "")
    if source.kind == Import.Kind.PEOPLE:
        phone = Phone(required=False)
        people.hold_households({phone.clean(row.said["phone"]) for row in table.rows} - {""})


@transaction.atomic
def _pass_or_fail(source: Import, checked: list[Checked]) -> None:
    found = counts(checked)
    verdicts = dumped([verdict_of(one) for one in checked])
    verb = "fail" if found[BAD] else "pass"
    told = {"verdicts": verdicts, "busy_until": None, "reached": len(checked)}
    LIFE.move(verb, None, source, **told, **found)  # type: ignore[arg-type]  # none of them is called end


@transaction.atomic
def _refuse(source: Import, words: str) -> None:
    LIFE.move("fail", None, source, why=words, busy_until=None)


@transaction.atomic
def _break_off(source: Import, at: datetime) -> None:
    """Try again a little later; after some tries leave it, with nothing written."""
    if source.tries < TRIES:
        Import.objects.filter(pk=source.pk).update(busy_until=at + timedelta(seconds=5))
    elif source.state == State.UNDOING:
        LIFE.move("give_up", None, source, why=_("It could not be undone. Nothing was changed."), busy_until=None)
    else:
        words = _("Something went wrong on our side. Nothing was brought in. Please tell the centre.")
        LIFE.move("break_off", None, source, why=words, table="", verdicts="", ended_at=at, busy_until=None)
