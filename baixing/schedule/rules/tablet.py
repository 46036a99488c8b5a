"""The link of a device at the door: a signed token. When it ends, and whether it was ended, stands in its row."""

from __future__ import annotations

import re
from datetime import datetime
from hmac import compare_digest
from typing import Final

from django.utils.translation import gettext as _

from baixing.kernel.seal import blind
from baixing.schedule.models import Tablet

TOKEN: Final = re.compile(r"(\d{1,18})-([0-9a-f]{32})")
WRONG_TRIES: Final = 20  # of one tablet within ten minutes
MOST_SEATS_TAKEN: Final = 60  # on one tablet within ten minutes: nobody empties a hall by tapping


def token_of(tablet: Tablet) -> str:
    return f"{tablet.pk}-{_mac(tablet.pk)}"


def signed(token: str) -> int | None:
    """The tablet that a token names; None when it is none of ours."""
    found = TOKEN.fullmatch(token)
    return int(found[1]) if found and compare_digest(found[2], _mac(int(found[1]))) else None


def fault(tablet: Tablet, at: datetime) -> str:
    """Why nobody is taken in here any more; empty while they are."""
    if tablet.ended_at is not None:
        return _("The leader has ended this link. Please go to the leader.")
    return _("It is over, and this link with it. Please go to the leader.") if at >= tablet.until else ""


def device_digest(kept: str) -> str:
    return blind(f"tablet device:{kept}")


def _mac(pk: int) -> str:
    return blind(f"tablet:{pk}")[:32]
