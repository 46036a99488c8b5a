"""Finding an order on the phone: by its number, by a name, by the last four digits."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from django.db.models import Q

from baixing.kernel.seal import tail
from baixing.orders.models import OrderQuerySet
from baixing.orders.queries.visible import visible
from baixing.orders.rules import Standing

FOUND_AT_MOST: Final = 30
WHOLE: Final = re.compile(r"\d{6}-?(\d{4,9})")
DIGITS: Final = re.compile(r"\d{1,9}")
FOUR: Final = re.compile(r"\d{4}")


def search(typed: str, one: Standing) -> OrderQuerySet:
    """Of the orders this person may see; those that live first, then the newest."""
    asked = unicodedata.normalize("NFKC", typed).strip().replace(" ", "")
    found = visible(one).filter(_meant(asked)) if asked else visible(one).none()
    return found.order_by("ended_at", "-placed_at", "-pk")


def _meant(asked: str) -> Q:
    if whole := WHOLE.fullmatch(asked):
        return Q(pk=int(whole[1]))
    meant = Q(pk=int(asked)) if DIGITS.fullmatch(asked) else Q(resident__name__contains=asked)
    if FOUR.fullmatch(asked):
        meant |= Q(phone_tail=tail(asked)) | Q(resident__phone_tail=tail(asked))
    return meant
