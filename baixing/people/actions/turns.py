"""Taking a turn: whoever is to be counted is counted one after the other."""

from __future__ import annotations

from django.db.models import F

from baixing.people.models import CodeLimit


def take_turn(kind: str, index: str) -> None:
    """Hold this limit until the transaction ends. Nobody else counts meanwhile."""
    row = CodeLimit.objects.filter(kind=kind, index=index)
    while not row.update(turn=F("turn") + 1):  # it is new, or was swept away just now
        CodeLimit.objects.get_or_create(kind=kind, index=index)


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
