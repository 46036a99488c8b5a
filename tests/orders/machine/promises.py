"""What must hold of every order after every deed (LIVES, part 5), read from the tables alone."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, timedelta

from baixing.orders.models import Order
from baixing.orders.queries import pages, visible
from baixing.orders.rules import Standing
from tests.orders.machine.record import Record
from tests.orders.machine.table import MOVES

WITH_TEAM = frozenset({"accepted", "appointed", "served", "disputed"})
DAY = timedelta(days=1)
LOOKS = timedelta(minutes=15)  # how long a page shows what was asked for
Promise = Callable[[Record], bool]


def only_moves_of_the_table_are_made(one: Record) -> bool:
    """I1."""
    return all((before, line.verb, line.state) in MOVES for before, line in one.steps())


def what_has_ended_never_changes(one: Record) -> bool:
    """I2. A look at the contact of a closed one is a line, and nothing else."""
    ends = [
        line.verb for before, line in one.steps() if before in {"closed", "withdrawn", "rejected", "merged", "unmet"}
    ]
    if one.earlier is None or one.earlier.ended_at is None:
        return set(ends) <= {"reveal"}
    return set(ends) <= {"reveal"} and _columns(one.earlier) == _columns(one.order)


def _columns(order: Order) -> dict[str, object]:
    return {f.attname: getattr(order, f.attname) for f in Order._meta.concrete_fields if f.name != "version"}


def journal_is_whole_and_ends_in_the_state(one: Record) -> bool:
    """I3."""
    before = ""
    for seq, line in enumerate(one.lines, start=1):
        moment = line.at.astimezone(UTC).isoformat(timespec="microseconds")
        said = [line.thing, seq, line.verb, line.state, moment, line.by_id, line.facts, line.words_digest, before]
        if line.digest != hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest():
            return False
        before = line.digest
    return bool(one.lines) and one.lines[-1].state == one.order.state


def every_step_has_a_line(one: Record) -> bool:
    """I3, the other way round: the version counts the lines."""
    return one.order.version == len(one.lines)


def team_is_named_where_one_is_needed(one: Record) -> bool:
    """I4."""
    order = one.order
    state = order.paused_from if order.state == "paused" else order.state
    *_, (before, last) = one.teams()
    told = last.facts["team"] if last.verb in {"dispatch", "claim"} else before
    needed = state in WITH_TEAM | {"offered", "closed"}
    return order.team_id == (told if needed else None) and (order.team_id is not None) == needed


def visit_is_open_where_one_is_set(one: Record) -> bool:
    """I4. Nobody waits for a visit that is off."""
    order = one.order
    state = order.paused_from if order.state == "paused" else order.state
    mine = [visit for visit in one.visits if order.visit_id == visit.pk]
    return [visit.team_id for visit in mine] == ([order.team_id] if state == "appointed" else [])


def nobody_is_kept_busy_by_a_visit_that_is_off(one: Record) -> bool:
    return all(visit.pk in one.kept for visit in one.visits)


def one_live_offer_at_most(one: Record) -> bool:
    """I5."""
    live = [offer.team_id for offer in one.offers if offer.state == "live"]
    return live == ([one.order.team_id] if one.order.state == "offered" else [])


def one_team_has_it_at_most(one: Record) -> bool:
    """I6. Each claim has one winner, and a team that let go has let go."""
    order = one.order
    state = order.paused_from if order.state == "paused" else order.state
    held = [offer.team_id for offer in one.offers if offer.state == "accepted"]
    claims = sum(offer.claimed for offer in one.offers)
    return held == ([order.team_id] if state in WITH_TEAM else []) and claims == one.verbs.count("claim")


def bounces_send_it_up_and_it_never_falls(one: Record) -> bool:
    """I7."""
    since = 0
    for line in one.lines:
        since = 0 if line.verb in {"escalate", "hand_over", "redo", "rate", "dispute"} else since
        since += line.verb in {"decline", "lapse_offer", "hand_back"}
    rises = one.earlier is None or one.earlier.owner.tier <= one.order.owner.tier
    return rises and one.order.bounces <= 2 and (since <= one.order.bounces < 2 or not one.covered())


def one_escalation_for_each_entry_and_tier(one: Record) -> bool:
    """I8. The rows that keep it from happening twice are the lines of the journal."""
    told = Counter((count, line.facts["tier"]) for count, line in one.entries() if line.verb == "escalate")
    rows = Counter((row.entry, row.tier) for row in one.escalations)
    *_, (entered, _last) = one.entries()
    return told == rows and max([*rows.values(), 0]) <= 1 and one.order.entry == entered


def nothing_is_overdue_where_the_clock_can_help(one: Record) -> bool:
    """I8. What is due has happened, once the clock has gone over it."""
    order = one.order
    if not one.ticked or not one.is_live:
        return True
    signed = order.proposal_due is None or order.proposal_due > one.at
    waits = order.due_at is None or order.due_at <= one.at
    return signed and (not waits or (not one.covered() and order.state not in {"asked", "offered", "served", "paused"}))


def live_order_has_an_owner_who_can_act_and_a_due_time(one: Record) -> bool:
    """I9."""
    order = one.order
    if one.is_live:
        return order.owner.path in one.register.staffed and order.due_at is not None and order.ended_at is None
    return order.due_at is None and order.ended_at == next(m.at for m in one.lines if m.state == order.state)


def total_clock_runs_from_placing_and_stands_still_as_told(one: Record) -> bool:
    """I10."""
    order, earlier = one.order, one.earlier
    if not one.is_live and order.still_since is not None:
        return False
    stood = order.stood_still + (one.at - order.still_since if order.still_since else timedelta())
    kept = earlier is None or one.verbs[-1] == "admit" or _promise(earlier) == _promise(order)
    return stood == one.stood() and order.placed_at == one.lines[0].at and kept


def _promise(order: Order) -> object:
    return order.promised_at - order.stood_still


def one_rating_a_round_and_never_by_the_team(one: Record) -> bool:
    """I11. Silence is null."""
    rated = Counter(rating.round for rating in one.ratings)
    told = Counter(line.facts["round"] for line in one.lines if line.verb == "rate")
    fair = all(not _serves(rating.by_id, one) for rating in one.ratings)
    return fair and rated == told and max([*rated.values(), 0]) <= 1 and (bool(rated) or one.order.solved is None)


def _serves(person: int, one: Record) -> bool:
    served = {offer.team_id for offer in one.offers if offer.state == "ended"} | {one.order.team_id}
    return any(one.register.in_team(person, team) for team in served)


def what_is_limited_stays_within_its_limit(one: Record) -> bool:
    """Two questions, three other times, two empty doors, one pause, three transfers."""
    verbs = Counter(one.verbs)
    agreed = Counter(line.facts["to"] for line in one.lines if line.verb == "agree")
    out = sum(line.verb == "miss" and line.facts["absent"] == "resident" for line in one.lines)
    passed_on = sum(count for to, count in agreed.items() if isinstance(to, int))
    return verbs["ask"] <= 2 and verbs["suggest"] <= 3 and out <= 2 and agreed["pause"] <= 1 and passed_on <= 3


def one_call_is_made_about_a_visit(one: Record) -> bool:
    """The clock asks once; then the tier above looks."""
    told = " ".join(verb for verb in one.verbs if verb in {"appoint", "call"})
    return "call call" not in told


def contact_is_shown_to_the_team_only_in_its_time(one: Record) -> bool:
    """I17. Every look is a line, from acceptance to a day after the service."""
    served = None
    for (team, line), (before, _line) in zip(one.teams(), one.steps(), strict=True):
        served = line.at if line.verb == "serve" else None if before == "pending" else served
        if line.verb != "reveal" or _from_an_office(line.by_id, one):
            continue
        late = served is not None and line.at > served + DAY
        if late or before not in WITH_TEAM | {"closed"} or not one.register.in_team(line.by_id, team):
            return False
    return True


def contact_cannot_be_read_once_the_team_has_let_go(one: Record) -> bool:
    """I17, on the page itself."""
    looked = {line.by for line in one.lines if line.verb == "reveal" and line.at >= one.at - LOOKS and line.by}
    for person in looked:
        standing = Standing(person, one.at)
        here = visible(standing).filter(pk=one.order.pk).first()
        mine = one.register.in_team(person.pk, one.order.team_id) and one.order.state in WITH_TEAM | {"closed"}
        if here and pages.order_page(here, standing).shown and not (mine or _from_an_office(person.pk, one)):
            return False
    return True


def _from_an_office(person: int | None, one: Record) -> bool:
    """Nobody of the town's officers is in a team."""
    return not any(person == who for who, _team in one.register.leads | one.register.serves)


PROMISES: tuple[Promise, ...] = (
    only_moves_of_the_table_are_made,
    what_has_ended_never_changes,
    journal_is_whole_and_ends_in_the_state,
    every_step_has_a_line,
    team_is_named_where_one_is_needed,
    visit_is_open_where_one_is_set,
    nobody_is_kept_busy_by_a_visit_that_is_off,
    one_live_offer_at_most,
    one_team_has_it_at_most,
    bounces_send_it_up_and_it_never_falls,
    one_escalation_for_each_entry_and_tier,
    nothing_is_overdue_where_the_clock_can_help,
    live_order_has_an_owner_who_can_act_and_a_due_time,
    total_clock_runs_from_placing_and_stands_still_as_told,
    one_rating_a_round_and_never_by_the_team,
    what_is_limited_stays_within_its_limit,
    one_call_is_made_about_a_visit,
    contact_is_shown_to_the_team_only_in_its_time,
    contact_cannot_be_read_once_the_team_has_let_go,
)


def check(one: Record) -> None:
    for promise in PROMISES:
        assert promise(one), f"{promise.__name__}: {one.order.state} after {' '.join(one.verbs)}"
