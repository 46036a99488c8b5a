"""Seats are taken and freed here and nowhere else; a freed one goes to the first of the line at once."""

from __future__ import annotations

from datetime import datetime

from django.db import connection
from django.db.models import F

from baixing.journal import actions as journal
from baixing.schedule.actions import telling
from baixing.schedule.models import Role, Signup
from baixing.schedule.rules.signup import LIFE, kept_until

_TAKE = "UPDATE schedule_role SET taken = taken + %s WHERE id = %s AND taken <= seats - %s"


def take(role: Role, heads: int) -> bool:
    """All of these seats, or none: one statement, exact however many come at once."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [heads, role.pk, heads])
        return bool(cursor.rowcount == 1)


def take_or_wait(role: Role, heads: int) -> bool:
    """The same; when there are too few, the role's turn is ours until the transaction ends.

    So nobody frees a seat between our looking for one and our standing in the line for it.
    """
    if take(role, heads):
        return True
    Role.objects.filter(pk=role.pk).update(taken=F("taken"))
    return take(role, heads)


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
