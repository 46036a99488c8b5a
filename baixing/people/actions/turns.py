"""Taking a turn: whoever is to be counted is counted one after the other."""

from __future__ import annotations

from django.db import connection
from django.db.models import F

from baixing.kernel.calendar import now
from baixing.people.models import CodeLimit

# One statement, the same on both databases: Django's upsert cannot add to what is there.
_TURN = """
    INSERT INTO people_codelimit (kind, "index", turn, made_at) VALUES (%s, %s, 1, %s)
    ON CONFLICT (kind, "index") DO UPDATE SET turn = people_codelimit.turn + 1
"""


def take_turn(kind: str, index: str) -> None:
    """Hold this limit until the transaction ends. Nobody else counts meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(_TURN, [kind, index, connection.ops.adapt_datetimefield_value(now())])


def take_try(kind: str, index: str, *, tries: int) -> bool:
    """Use up one of so many tries; false when there is none left. Exact however many come at once."""
    CodeLimit.objects.get_or_create(kind=kind, index=index)
    left = CodeLimit.objects.filter(kind=kind, index=index, turn__lt=tries)
    return left.update(turn=F("turn") + 1) == 1


def give_back_try(kind: str, index: str) -> None:
    """What was taken was no wrong try."""
    CodeLimit.objects.filter(kind=kind, index=index, turn__gt=0).update(turn=F("turn") - 1)


def is_first(kind: str, index: str) -> bool:
    """True for the first who asks, once."""
    return CodeLimit.objects.get_or_create(kind=kind, index=index)[1]


def was_first(kind: str, index: str) -> bool:
    """Whether somebody was."""
    return CodeLimit.objects.filter(kind=kind, index=index).exists()
