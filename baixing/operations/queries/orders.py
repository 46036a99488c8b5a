"""The promises about one order (LIVES, part 5), looked for in its row, its journal and what hangs on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from baixing.journal.models import Entry
from baixing.network.models import Post
from baixing.orders.models import Escalation, Offer, Order, Rating
from baixing.orders.models.order import TERMINAL
from baixing.orders.rules import LIFE
from baixing.teams.models import Membership, Team

S = Order.State
HELD = frozenset({S.ACCEPTED, S.APPOINTED, S.SERVED, S.DISPUTED})
LETS_GO = frozenset({S.PLACED, S.ASKED, S.PENDING}) | TERMINAL - {S.CLOSED}
STILL = frozenset({S.ASKED, S.PAUSED})
SHOWN = frozenset({*HELD, S.CLOSED})
DAY = timedelta(days=1)
MOST_BOUNCES = 2
MOVES = frozenset(
    {("", "place", S.PLACED.value)} | {(start, row.verb, str(row.end or start)) for row in LIFE for start in row.start}
)


@dataclass(frozen=True)
class Register:
    """Who ever held a post, leads a team, or is in one and since when."""

    posts: frozenset[int]
    leads: frozenset[tuple[int, int]]  # person, team
    serves: dict[tuple[int, int], object]  # the moment

    @classmethod
    def read(cls) -> Register:
        members = Membership.objects.members().values_list("person_id", "team_id", "at")
        return cls(
            posts=frozenset(Post.objects.values_list("person_id", flat=True)),
            leads=frozenset(Team.objects.values_list("leader_id", "pk")),
            serves={(person, team): at for person, team, at in members},
        )


@dataclass(frozen=True)
class Told:
    order: Order
    lines: Sequence[Entry]
    offers: Sequence[Offer]
    ratings: Sequence[Rating]
    escalations: Sequence[Escalation]

    @property
    def moves(self) -> list[tuple[str, Entry]]:
        """Each line that moved it, with the state before. Looking on moves nothing."""
        found, before = [], ""
        for line in self.lines:
            if line.verb == "place" or line.verb in LIFE.verbs:
                found.append((before, line))
                before = line.state
        return found

    @property
    def team(self) -> object:
        """The team that it is with, by the journal alone."""
        team: object = None
        for _before, line in self.moves:
            if line.verb in {"dispatch", "claim"}:
                team = line.facts.get("team")
            elif line.state in LETS_GO:
                team = None
        return team

    @property
    def works_in(self) -> str:
        """The state, or the one that it was paused in."""
        return self.order.paused_from if self.order.state == S.PAUSED else self.order.state

    def stood(self) -> timedelta:
        """How long the resident was asked, or it was paused, until it went on; by the journal alone."""
        pairs = zip(self.moves, self.moves[1:], strict=False)
        spans = (later.at - line.at for (_before, line), (_state, later) in pairs if line.state in STILL)
        return sum((max(span, timedelta()) for span in spans), timedelta())


def broken(told: Told, register: Register) -> Iterator[str]:
    for promise in PROMISES:
        if words := promise(told, register):
            yield words


def _moves(told: Told, _register: Register) -> str:
    """I1, I2: nothing follows an end but a look."""
    for before, line in told.moves:
        if (before, line.verb, line.state) not in MOVES:
            return f"made a move that no table has: {line.verb} from {before or 'nothing'} to {line.state}"
    return ""


def _lines(told: Told, _register: Register) -> str:
    """I3: the last line is the state, and each step has one."""
    if not told.moves:
        return "has no journal"
    if told.moves[-1][1].state != told.order.state:
        return f"is {told.order.state}, and its journal says {told.moves[-1][1].state}"
    if told.order.version != len(told.moves):
        return f"has made {told.order.version} steps, and its journal tells {len(told.moves)}"
    return ""


def _team(told: Told, _register: Register) -> str:
    """I4."""
    if told.order.team_id != told.team:
        return f"names team {told.order.team_id}, and its journal {told.team}"
    return ""


def _offers(told: Told, _register: Register) -> str:
    """I5, I6: one live offer while it is offered; one team has it, and a claim has one winner."""
    live = [offer.team_id for offer in told.offers if offer.state == Offer.State.LIVE]
    held = [offer.team_id for offer in told.offers if offer.state == Offer.State.ACCEPTED]
    team = told.order.team_id
    if live != ([team] if told.order.state == S.OFFERED else []):
        return f"has offers that wait: {live}"
    if held != ([team] if told.works_in in HELD else []):
        return f"has offers that are accepted: {held}"
    if sum(offer.claimed for offer in told.offers) != sum(line.verb == "claim" for _before, line in told.moves):
        return "was claimed more often than its journal tells, or less"
    return ""


def _climbs(told: Told, _register: Register) -> str:
    """I7, I8: it never falls, comes back twice at most, and climbs once for each entry and tier."""
    tiers = [line.facts.get("tier") for _before, line in told.moves if line.verb == "escalate"]
    rows = Counter((row.entry, row.tier) for row in told.escalations)
    if tiers != sorted(tiers, key=str):
        return "was sent down"
    if told.order.bounces > MOST_BOUNCES:
        return f"came back {told.order.bounces} times in one tier"
    if Counter(tiers) != Counter(row.tier for row in told.escalations) or max([*rows.values(), 0]) > 1:
        return "was sent up more often than once for an entry and tier"
    return ""


def _clocks(told: Told, _register: Register) -> str:
    """I9, I10: a live one is due; the total clock runs from placing and stands still as the journal tells."""
    order = told.order
    if (order.due_at is None) == order.is_live or (order.ended_at is None) != order.is_live:
        return "lives without a due time, or has ended with one"
    if not told.moves or order.placed_at != told.moves[0][1].at:
        return "was not placed when its journal says"
    if order.stood_still != told.stood() or (order.still_since is not None) != (order.state in STILL):
        return f"stood still for {order.stood_still}, and its journal says {told.stood()}"
    return ""


def _ratings(told: Told, register: Register) -> str:
    """I11: one a round, never by the team; silence is null."""
    rows = Counter(rating.round for rating in told.ratings)
    lines = Counter(line.facts.get("round") for _before, line in told.moves if line.verb == "rate")
    if rows != lines or max([*rows.values(), 0]) > 1:
        return "has ratings that its journal does not tell"
    if not rows and told.order.solved is not None:
        return "is called solved or not, and nobody rated it"
    if any(_serves(rating.by_id, told.order.team_id, rating.at, register) for rating in told.ratings):
        return "was rated by its own team"
    return ""


def _serves(person: int, team: int | None, at: object, register: Register) -> bool:
    """A member by then. Who leads it now may have come later: told by the journal of the team alone."""
    since = register.serves.get((person, team or 0))
    return since is not None and str(since) <= str(at)


def _looks(told: Told, register: Register) -> str:
    """I17: the team is shown the contact from acceptance to a day after the service."""
    served = None
    for before, line in told.moves:
        served = line.at if line.verb == "serve" else None if before == S.PENDING else served
        if line.verb != "reveal" or line.by_id in register.posts:
            continue
        if before not in SHOWN or (served is not None and line.at > served + DAY):
            return f"was shown to {line.by_id} at {line.at:%F %T}, outside the team's time"
    return ""


PROMISES: tuple[Callable[[Told, Register], str], ...] = (
    _moves,
    _lines,
    _team,
    _offers,
    _climbs,
    _clocks,
    _ratings,
    _looks,
)
