"""The life of an order as it was agreed, written down a second time, apart from the code.

Each line: a verb, who may, and from where to where ("a>b"; "a" alone stays).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from baixing.network.models import Post
from baixing.orders.models import Order
from baixing.people.models import Person
from baixing.teams.models import Membership, Team

TABLE = """
place           resident      new>placed
change          for_resident  placed,asked,pending
ask             owner         placed>asked
supply          for_resident  asked>placed
lapse           clock         asked>withdrawn
withdraw        for_resident  placed,asked,pending,offered,accepted,appointed,paused>withdrawn
name_item       owner         placed
admit           owner         placed>pending
reject          owner         placed>rejected placed
merge           owner         placed,pending>merged
transfer        owner         placed,pending
pause           owner         pending,accepted,appointed
agree           cosigner      placed>rejected pending,accepted,appointed>paused placed,pending
refuse          cosigner      placed,pending,accepted,appointed
lapse_proposal  clock         placed,pending,accepted,appointed
resume          owner         paused>pending paused>accepted paused>appointed
resume          clock         paused>pending paused>accepted paused>appointed
give_up         owner         pending>unmet
dispatch        dispatcher    pending>offered
dispatch        clock         pending>offered
open            dispatcher    pending
claim           any_leader    pending>accepted
accept          leader        offered>accepted
decline         leader        offered>pending
lapse_offer     clock         offered>pending
recall          dispatcher    offered>pending
appoint         leader        accepted>appointed appointed
suggest         for_resident  accepted,appointed
hand_back       leader        accepted,appointed>pending
miss            for_resident  appointed>pending
miss            finder        appointed>accepted
serve           leader        appointed>served
alarm           member        accepted,appointed
reveal          owner         placed,asked,pending,offered,accepted,appointed,served,disputed,paused,closed
reveal          member        accepted,appointed,served,disputed,closed
rate            for_resident  served>closed served>disputed
dispute         for_resident  served>disputed
redo            decider       disputed>pending
uphold          decider       disputed>closed
close           clock         served>closed
escalate        clock         placed,pending,accepted,appointed,disputed
call            clock         appointed
hand_over       clock         placed,asked,pending,offered,accepted,appointed,served,disputed,paused
urge            for_resident  placed,pending,offered,accepted,appointed,disputed
follow          for_resident  placed,asked,pending,offered,accepted,appointed,served,disputed,paused
join            neighbour     placed,pending,offered,accepted,appointed
"""
OFFICERS = ("head", "staff", "dispatcher")


def _rows() -> Iterator[tuple[str, str, str, str]]:
    """Verb, who, from, to: one row for each arrow."""
    for line in TABLE.strip().splitlines():
        verb, who, *moves = line.split()
        for move in moves:
            starts, _, end = move.partition(">")
            yield from ((verb, who, start, end or start) for start in starts.split(","))


ROWS = frozenset(_rows())
MOVES = frozenset((start, verb, end) for verb, _who, start, end in ROWS)
VERBS = frozenset(verb for verb, *_ in ROWS)


def starts(verb: str) -> frozenset[str]:
    return frozenset(start for name, _who, start, _end in ROWS if name == verb)


def doers(verb: str, start: str, end: str | None = None) -> frozenset[str]:
    """Who may do this to an order in this state, as the table names them."""
    return frozenset(who for name, who, a, b in ROWS if (name, a) == (verb, start) and end in {None, b})


@dataclass(frozen=True)
class Register:
    """Who holds a post where, leads a team and serves in one, read once for everybody."""

    posts: frozenset[tuple[int, str, str]]  # person, kind, path of the unit
    leads: frozenset[tuple[int, int]]  # person, team
    serves: frozenset[tuple[int, int]]

    @classmethod
    def at(cls, moment: datetime) -> Register:
        posts = Post.objects.filter(Q(until=None) | Q(until__gt=moment), since__lte=moment, kind__in=OFFICERS)
        members = Membership.objects.filter(state="member")
        return cls(
            frozenset(posts.values_list("person_id", "kind", "unit__path")),
            frozenset(Team.objects.filter(active=True).values_list("leader_id", "pk")),
            frozenset(members.values_list("person_id", "team_id")),
        )

    @property
    def staffed(self) -> frozenset[str]:
        return frozenset(path for _person, _kind, path in self.posts)

    def in_team(self, person: int | None, team: int | None) -> bool:
        return (person, team) in self.leads | self.serves


def roles(person: Person, order: Order, of: Register) -> frozenset[str]:
    """What somebody is to an order, read from posts, teams and the order itself."""
    held = {(kind, path) for who, kind, path in of.posts if who == person.pk}
    places = {path for _kind, path in held}
    leads = {team for who, team in of.leads if who == person.pk}
    serves, owner = of.in_team(person.pk, order.team_id), order.owner.path in places
    own, asked = person.pk == order.resident_id, order.proposal_to
    being = {
        "resident": own,
        "for_resident": own or owner or order.first_receiver.path in places,
        "owner": owner,
        "dispatcher": owner or any(k == "dispatcher" and order.owner.path.startswith(p) for k, p in held),
        "decider": owner and order.handled_by_id != person.pk,
        "cosigner": asked is not None and asked.path in places and order.proposal_by_id != person.pk,
        "leader": order.team_id in leads,
        "any_leader": bool(leads) and not own,
        "member": serves,
        "finder": serves or owner,
        "neighbour": not own,
    }
    return frozenset(name for name, is_so in being.items() if is_so)
