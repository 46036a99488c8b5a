"""Who asks what if, who reads the answer, who takes it away. There is no verb that offers anything."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.utils.translation import gettext as _

from baixing.dispatching.models import WhatIf
from baixing.dispatching.rules import dispatches, heads
from baixing.kernel.life import Life, Move
from baixing.kernel.refusals import NotAllowed
from baixing.network.models import Unit
from baixing.orders.rules import Standing

AFTER: Final = 14  # days after the month in which its last orders may still be served
AT_ONCE: Final = 3  # of one unit that wait to be reckoned
KEPT: Final = timedelta(days=365)
S = WhatIf.State


def asks(one: Standing, unit: Unit) -> bool:
    """Whoever plans here, and the heads who decide on teams."""
    return dispatches(one, unit) or heads(one, unit)


def check_asking(one: Standing, unit: Unit) -> None:
    if not asks(one, unit):
        raise NotAllowed(_("Only the head and the dispatchers of this unit, or of one above it, ask this."))


def check_removing(one: Standing, what_if: WhatIf) -> None:
    if not _own_or_head(one, what_if):
        raise NotAllowed(_("Only whoever asked it, and the head of this unit or of one above it, removes it."))


def _own_or_head(one: Standing, what_if: WhatIf) -> bool:
    return asks(one, what_if.unit) and (what_if.by_id == one.person.pk or heads(one, what_if.unit))


def _nobody(_one: Standing, _what_if: WhatIf) -> bool:
    return False


LIFE: Final[Life[Standing, WhatIf]] = Life(
    Move("make", {S.ASKED}, S.MADE, who=_nobody, by_clock=True),
    Move("fail", {S.ASKED}, S.FAILED, who=_nobody, by_clock=True),
    Move("remove", {S.MADE, S.FAILED}, None, who=_own_or_head, by_clock=True),
)
