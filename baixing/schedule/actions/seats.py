"""Seats are taken and freed here and nowhere else; a freed one goes to the first of the line at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import connection, transaction
from django.db.models import F

from baixing.journal import actions as journal
from baixing.schedule.actions import telling
from baixing.schedule.models import Role, Signup
from baixing.schedule.rules.signup import LIFE, kept_until

_TAKE = "UPDATE schedule_role SET taken = taken + %s WHERE id = %s AND taken <= seats - %s"
_FULL = "SELECT 1 FROM schedule_role WHERE id = %s AND taken > seats - %s"


P = ParamSpec("P")
Done = TypeVar("Done")


class CameFreeError(Exception):
    """A seat came free while the role seemed full."""

    def __init__(self, role: Role) -> None:
        super().__init__()
        self.role = role


def settling(deed: Callable[P, Done]) -> Callable[P, Done]:
    """In one transaction; begun again when a seat came free meanwhile, so that nothing of the look before is held."""

    @wraps(deed)
    def run(*args: P.args, **kwargs: P.kwargs) -> Done:
        while True:
            try:
                with transaction.atomic():
                    return deed(*args, **kwargs)
            except CameFreeError as came:
                came.role.refresh_from_db(fields=["taken", "seats"])

    return run


def take(role: Role, heads: int) -> bool:
    """All of these seats, or none: one statement, exact however many come at once."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [heads, role.pk, heads])
        return bool(cursor.rowcount == 1)


def take_or_wait(role: Role, heads: int) -> bool:
    """The same; when there are too few, nobody frees a seat until the transaction, which is to be `settling`, ends.

    So none is freed between our looking for one and our standing in the line for it.
    """
    if role.free >= heads and take(role, heads):
        return True
    if _stays_full(role, heads):
        return False
    raise CameFreeError(role)


def _stays_full(role: Role, heads: int) -> bool:
    """Whether there are too few; then the role is held: many who go to the line may hold it at once, and none writes.

    It may be held also if not. Two who did so, and would both take a seat, would wait for each other for ever.
    """
    hold = _FULL + " FOR SHARE" * connection.features.has_select_for_update  # else the whole database is ours
    with connection.cursor() as cursor:
        cursor.execute(hold, [role.pk, heads])
        return cursor.fetchone() is not None


def free(role: Role, heads: int, *, at: datetime) -> None:
    """Give seats back, and keep them for whoever has waited longest and fits into them."""
    Role.objects.filter(pk=role.pk).update(taken=F("taken") - heads)
    promote(role, at=at)


def promote(role: Role, *, at: datetime) -> None:
    """Keep what is free for the line. The role's turn is the caller's: it has just written to the role."""
    role.refresh_from_db(fields=["taken", "seats"])
    if role.free <= 0 or at >= role.session.end:
        return
    waiting = Signup.objects.in_line().filter(role=role).select_related("session", "person", "by")
    for signup in waiting.filter(headcount__lte=role.free):
        if take(role, signup.headcount):
            until = kept_until(role.session.start, at)
            LIFE.move("promote", None, signup, held_until=until)
            journal.write("promote", signup, by=None, at=at)
            telling.kept(signup, at)
