"""Posts: filled, left, stood in for. Whoever names a person takes that person's turn first, then the unit's."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.kernel.refusals import NotAllowed, NotNow, Overtaken, Unfit
from baixing.network.models import Deputy, Post, Unit
from baixing.network.news import PostEnded, post_ended
from baixing.network.queries import officers
from baixing.network.rules import OFFICERS, appointable, audits_itself, ends
from baixing.people.models import Person


@transaction.atomic
def appoint_post(person: Person, unit: Unit, kind: Post.Kind, *, by: Person | None, at: datetime) -> Post:
    """Give a person a post. `by=None` is the installation itself, naming its first head."""
    if by and kind not in appointable(by, unit, at):
        raise NotAllowed
    return _fill(person, unit, kind, by=by, at=at)


@transaction.atomic
def leave(post: Post, *, by: Person | None, at: datetime, successor: Person | None = None) -> None:
    """End a post at once. A successor takes the same post; what else they take over hears of it."""
    if by and not ends(by, post, at):
        raise NotAllowed
    if successor and successor.pk == post.person_id:
        raise Unfit(_("A successor is somebody else."), field="successor")
    if successor:
        _take_person(successor)
    _take_unit(post.unit)
    _end(post, at)
    _keep_the_top_staffed(post, successor, at)
    journal.write("leave", post, by=by, at=at, successor=successor.pk if successor else None)
    if successor and not _holds(successor, post.unit, post.kind, at):
        _fill(successor, post.unit, Post.Kind(post.kind), by=by, at=at)
    post_ended.tell(PostEnded(post=post, successor=successor, at=at, by=by))


@transaction.atomic
def stand_in(post: Post, person: Person, since: datetime, until: datetime, *, by: Person, at: datetime) -> Deputy:
    """Somebody has the powers of a post while its holder is away, from a moment to a moment."""
    if not ends(by, post, at):
        raise NotAllowed
    if not (since < until and until > at):
        raise Unfit(_("The last day must be after the first, and not over yet."), field="until")
    if person.pk == post.person_id:
        raise Unfit(_("Nobody stands in for themselves."), field="person")
    _take_person(person)
    _take_unit(post.unit)
    post.refresh_from_db()
    if post.until and post.until < until:
        raise NotNow(_("This post ends before that."))
    if Deputy.objects.clashing(post, since, until).exists():
        raise NotNow(_("Somebody already stands in at that time."))
    _check(person, post.kind, since, until)
    deputy = Deputy.objects.create(post=post, person=person, since=since, until=until)
    journal.write("stand_in", post, by=by, at=at, person=person.pk, deputy=deputy.pk)
    return deputy


@transaction.atomic
def stand_down(deputy: Deputy, *, by: Person, at: datetime) -> None:
    """The holder is back, or the deputy cannot go on. One that has not begun never runs."""
    if by.pk != deputy.person_id and not ends(by, deputy.post, at):
        raise NotAllowed
    running = Deputy.objects.filter(pk=deputy.pk, until__gt=at)
    if not running.update(until=max(at, deputy.since)):
        raise Overtaken
    deputy.refresh_from_db()
    journal.write("stand_down", deputy.post, by=by, at=at, deputy=deputy.pk)


def _fill(person: Person, unit: Unit, kind: Post.Kind, *, by: Person | None, at: datetime) -> Post:
    _take_person(person)
    if _holds(person, unit, kind, at):
        raise NotNow(_("This person already holds this post."))
    _check(person, kind, at, None)
    post = Post.objects.create(person=person, unit=unit, kind=kind, since=at)
    journal.write("appoint_post", post, by=by, at=at, kind=str(kind), unit=unit.pk, person=person.pk)
    return post


def _holds(person: Person, unit: Unit, kind: str, at: datetime) -> bool:
    running = Q(until=None) | Q(until__gt=at)
    return Post.objects.filter(running, person=person, unit=unit, kind=kind).exists()


def _check(person: Person, kind: str, since: datetime, until: datetime | None) -> None:
    if not Person.objects.living().filter(pk=person.pk).exists():
        raise NotNow(_("This person's account is closed."))
    if audits_itself(person, kind, since, until):
        raise NotNow(_("An auditor cannot also be head, staff, dispatcher or editor: nobody audits their own work."))


def _end(post: Post, at: datetime) -> None:
    running = Post.objects.filter(Q(until=None) | Q(until__gt=at), pk=post.pk)
    if not running.update(until=max(at, post.since)):
        raise Overtaken(_("This post has already ended."))
    post.refresh_from_db()


def _keep_the_top_staffed(post: Post, successor: Person | None, at: datetime) -> None:
    """Below the top, the unit above takes over what nobody is left for; above the top is nobody."""
    top = post.unit.parent_id is None
    if top and post.kind in OFFICERS and not successor and not officers(post.unit, at):
        raise NotNow(_("You are the last one here, and nobody is above. Name a successor first."))


def _take_person(person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(is_active=F("is_active"))


def _take_unit(unit: Unit) -> None:
    Unit.objects.filter(pk=unit.pk).update(turn=F("turn") + 1)
