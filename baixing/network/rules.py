"""Who may do what in the network. Every answer is read from the posts of the moment."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from baixing.kernel.prepared import prepared
from baixing.network.models import Deputy, DeputyQuerySet, Home, Post, PostQuerySet, Unit
from baixing.people.models import Person, PersonQuerySet
from baixing.people.rules import shares_phone

Kind = Post.Kind

EVERY = frozenset(Kind)
OFFICERS = frozenset({Kind.HEAD, Kind.STAFF, Kind.DISPATCHER})
IN_CHARGE = frozenset({Kind.HEAD, Kind.STAFF})
# An auditor answers to nobody whose work is audited: these are never held together with AUDITOR.
AUDITED = frozenset({Kind.HEAD, Kind.STAFF, Kind.DISPATCHER, Kind.EDITOR})


def posts_of(person: Person, on: datetime, kinds: Collection[str] = EVERY) -> list[Post]:
    """The posts a person has the powers of now: their own and those they stand in for, of the highest unit first."""
    return [post for post in _posts(person.pk, on) if post.kind in kinds]


@prepared
def _posts(person: int, on: datetime) -> QuerySet[Post]:
    return Post.objects.by_or_for(person, on).select_related("unit").order_by("unit__path", "kind")


def holds(person: Person, kinds: Collection[str], *, at: Unit, on: datetime) -> bool:
    """Does the person hold such a post in exactly this unit?"""
    return any(post.unit_id == at.pk for post in posts_of(person, on, kinds))


def holds_over(person: Person, kinds: Collection[str], *, over: Unit, on: datetime) -> bool:
    """Does the person hold such a post in this unit or in one above it?"""
    return any(post.unit.covers(over) for post in posts_of(person, on, kinds))


def holds_above(person: Person, kinds: Collection[str], *, above: Unit, on: datetime) -> bool:
    """Does the person hold such a post in a unit above this one?"""
    return any(post.unit.covers(above) and post.unit_id != above.pk for post in posts_of(person, on, kinds))


def appointable(person: Person, unit: Unit, on: datetime) -> frozenset[Post.Kind]:
    """The kinds of post this person may fill in the unit.

    The head fills them all, except that an auditor is named from above wherever there is an above.
    """
    if holds_above(person, IN_CHARGE, above=unit, on=on):
        return frozenset(Kind)
    if not holds(person, {Kind.HEAD}, at=unit, on=on):
        return frozenset()
    return frozenset(Kind) - ({Kind.AUDITOR} if unit.parent_id else set())


def ends(person: Person, post: Post, on: datetime) -> bool:
    """May this person end the post, or name who stands in for it? Its holder may, too."""
    return may_end(person, post, appointable(person, post.unit, on))


def may_end(person: Person, post: Post, kinds: Collection[str]) -> bool:
    """The same, of somebody who may fill these kinds of post in its unit: asked once for a whole list."""
    return post.person_id == person.pk or post.kind in kinds


def edits(person: Person, unit: Unit, on: datetime) -> bool:
    return holds_over(person, IN_CHARGE, over=unit, on=on)


def sees_posts(person: Person, unit: Unit, on: datetime) -> bool:
    return holds_over(person, EVERY, over=unit, on=on)


def shapes(person: Person, parent: Unit, on: datetime) -> bool:
    """May this person hang units on this one, or take them off?"""
    return holds_over(person, IN_CHARGE, over=parent, on=on)


def in_office(on: datetime) -> tuple[PostQuerySet, DeputyQuerySet]:
    """The rows that put their person in office at this moment: posts that run, and deputies of such."""
    return Post.objects.held(on), Deputy.objects.running(on).filter(Q(post__until=None) | Q(post__until__gt=on))


def operators(on: datetime) -> list[Person]:
    """Who hears alarms: those in charge at the top of the tree."""
    posts = Post.objects.held(on).of_kinds(IN_CHARGE).filter(unit__parent=None)
    return list(Person.objects.living().filter(pk__in=posts.values("person")))


def keeps_home(person: Person, resident: Person, station: Unit, on: datetime) -> bool:
    """Oneself, the household behind one phone, or an officer where the resident lives now."""
    if person.pk == resident.pk or shares_phone(person, resident):
        return True
    home = Home.objects.filter(person=resident).select_related("station").first()
    return holds_over(person, OFFICERS, over=home.station if home else station, on=on)


def audits_itself(person: Person, kind: str, since: datetime, until: datetime | None) -> bool:
    """Would this post make the person an auditor of their own work at any moment?"""
    against = _against(kind)
    if not against:
        return False
    before_end = Q(since__lt=until) if until else Q()
    own = Post.objects.filter(before_end, Q(until=None) | Q(until__gt=since), person=person, kind__in=against)
    deputed = Deputy.objects.filter(before_end, person=person, until__gt=since, post__kind__in=against)
    return own.exists() or deputed.exists()


def _against(kind: str) -> Collection[Post.Kind]:
    if kind == Kind.AUDITOR:
        return AUDITED
    return frozenset({Kind.AUDITOR}) if kind in AUDITED else frozenset()


def recoverable(person: Person, on: datetime) -> PersonQuerySet | None:
    """Whose number this person may change: residents at home under their desk. Who holds a post
    needs the head of a unit above all of theirs; at the top of the tree, another head there.
    """
    desks = posts_of(person, on, IN_CHARGE)
    if not desks:
        return None
    at_home = reduce(or_, (Q(home__station__path__startswith=post.unit.path) for post in desks))
    if any(post.unit.parent_id is None for post in desks):
        at_home |= Q(home=None)
    running = Deputy.objects.running(on)
    held = Post.objects.held(on)
    official = Q(pk__in=held.values("person")) | Q(pk__in=running.values("person"))
    under = _under([post for post in desks if post.kind == Post.Kind.HEAD])
    out_of_reach = held.exclude(under)
    beyond = Q(pk__in=out_of_reach.values("person")) | Q(pk__in=running.filter(post__in=out_of_reach).values("person"))
    return Person.objects.living().filter((at_home & ~official) | (official & ~beyond))


def _under(heads: list[Post]) -> Q:
    """Posts in units strictly below these heads'; nobody is above the top, so its heads see to each other."""
    lines = [Q(unit__path__startswith=post.unit.path) for post in heads]
    own = [Q(unit=post.unit_id) for post in heads if post.unit.parent_id is not None]
    inside = reduce(or_, lines, Q(pk__in=[]))
    return inside & ~reduce(or_, own, Q(pk__in=[]))


def duties(person: Person, on: datetime) -> Iterator[str]:
    for post in Post.objects.held(on).filter(person=person).select_related("unit"):
        yield _("the post %(post)s in %(unit)s") % {"post": post.get_kind_display(), "unit": post.unit.name}
