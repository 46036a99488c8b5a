"""Seats are taken and freed here and nowhere else; a freed one goes to the first of the line at once."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F

from baixing.journal import actions as journal
from baixing.schedule.actions import telling
from baixing.schedule.models import Role, Signup
from baixing.schedule.rules.signup import LIFE, kept_until

_TAKE = "UPDATE schedule_role SET taken = taken + %s WHERE id = %s AND taken <= seats - %s"
_FULL = "SELECT 1 FROM schedule_role WHERE id = %s AND taken > seats - %s"


class _NotFullError(Exception):
    pass


def take(role: Role, heads: int) -> bool:
    """All of these seats, or none: one statement, exact however many come at once."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [heads, role.pk, heads])
        return bool(cursor.rowcount == 1)


def take_or_wait(role: Role, heads: int) -> bool:
    """The same; when there are too few, nobody frees a seat until the transaction ends.

    So none is freed between our looking for one and our standing in the line for it.
    """
    seen_full = role.free < heads
    while seen_full or not take(role, heads):
        if _stays_full(role, heads):
            return False
        seen_full = False
    return True


def _stays_full(role: Role, heads: int) -> bool:
    """Whether there are too few; if so the role is held: many who go to the line may hold it at once, and none writes.

    If not it is let go at once: two who hold it, and would both take a seat, would wait for each other for ever.
    """
    hold = _FULL + " FOR SHARE" * connection.features.has_select_for_update  # else the whole database is ours
    with suppress(_NotFullError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(hold, [role.pk, heads])
        if cursor.fetchone() is None:
            raise _NotFullError
        return True
    return False


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
