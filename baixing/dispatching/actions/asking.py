"""What if: asked for, and taken away again. The worker reckons it; nothing of it is ever offered."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from baixing.dispatching.models import WhatIf
from baixing.dispatching.queries.policies import weights_of
from baixing.dispatching.rules.changes import Changes, key_of
from baixing.dispatching.rules.what_ifs import AT_ONCE, KEPT, LIFE, check_asking
from baixing.journal import actions as journal
from baixing.kernel.refusals import NotNow, Unfit
from baixing.network.models import Unit
from baixing.orders.rules import Standing
from baixing.people.models import Person


@transaction.atomic
def ask_what_if(unit: Unit, month: date, changes: Changes, *, by: Person, at: datetime) -> WhatIf:
    """For the worker to reckon. Whoever asks the same while it is being reckoned gets that one."""
    check_asking(Standing(by, at), unit)
    if not changes:
        raise Unfit(_("Please say at least one thing that is to be different."))
    policy = weights_of(unit)
    key = key_of(unit.pk, month, changes, policy)
    waiting = WhatIf.objects.filter(unit=unit, state=WhatIf.State.ASKED)
    if found := waiting.filter(key=key).first():
        return found
    if waiting.count() >= AT_ONCE:
        raise NotNow(_("Some are being reckoned already. Please wait until one of them is there."))
    named = {"month": month, "changes": changes.told(), "policy": policy, "key": key}
    try:
        with transaction.atomic():
            what_if = WhatIf.objects.create(unit=unit, by=by, at=at, **named)
    except IntegrityError:  # somebody has asked the same at the same moment
        return waiting.get(key=key)
    journal.begin("ask", what_if, by=by, at=at, unit=unit.pk)
    return what_if


@transaction.atomic
def remove_what_if(what_if: WhatIf, *, by: Person, at: datetime) -> None:
    LIFE.move("remove", Standing(by, at), what_if)
    journal.write("remove", what_if, by=by, at=at, unit=what_if.unit_id)
    what_if.delete()


def forget_what_ifs(*, at: datetime) -> int:
    """Those that nobody needs any more, after a year; how many."""
    old = WhatIf.objects.filter(at__lt=at - KEPT).exclude(state=WhatIf.State.ASKED)
    return old.delete()[0]
