"""What the books of hours must say at every moment: one sum everywhere, two people behind each line, none changed."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby, pairwise
from typing import Any

from baixing.hours.models import Certificate, Flag, HoursEntry, LedgerRoot
from baixing.hours.queries.certificates import answer_for
from baixing.hours.queries.exports import whole_ledger
from baixing.hours.queries.records import record_of
from baixing.hours.queries.sums import minutes_of, total_of, total_of_all, under_root
from baixing.hours.rules.standing import Standing
from baixing.journal.models import Entry, name_of
from baixing.kernel.life import Life, Living
from baixing.network.models import Unit
from tests.hours.independent import verify
from tests.town import DAY, Town

MOST_A_DAY, OVER = 600, 30
MADE = {"claim": "compute", "certificate": "draft", "correction": "ask_correction", "transfer": "ask_transfer"}
NOTES = frozenset({"object", "erase_words"})
Lines = Sequence[HoursEntry]


@dataclass
class Books:
    """What was read before, so that whatever changes since is seen."""

    lines: dict[int, str] = field(default_factory=dict)  # by key: its digest
    shown: dict[int, dict[str, Any]] = field(default_factory=dict)  # a certificate: what everybody has read

    def look(self, at: datetime) -> None:
        nouns = ("volunteer__person", "session__unit", "claim__session", "first_by", "second_by", "transfer")
        lines = list(HoursEntry.objects.select_related(*nouns, "reverses").order_by("volunteer", "seq"))
        self._unchanged(lines)
        assert (bad := verify(json.loads(json.dumps(whole_ledger(at))))) == [], bad
        for line in lines:
            _two_people(line)
        for _volunteer, theirs in groupby(lines, key=lambda line: line.volunteer_id):
            _one_record(list(theirs))
        self._certificates(lines)
        assert total_of_all() == sum(line.minutes for line in lines), "the report says another sum than the ledger"

    def add_up(self, at: datetime, town: Town) -> None:
        lines = list(HoursEntry.objects.select_related("session__unit", "volunteer__person"))
        for volunteer in {line.volunteer for line in lines}:
            own = sum(line.minutes for line in lines if line.volunteer_id == volunteer.pk)
            said = (total_of(volunteer), record_of(volunteer.person, "zh-hans", "1").minutes)
            assert said == (own, own), "the profile says another sum than the ledger"
        _sums(lines, at, town)

    def _unchanged(self, lines: Lines) -> None:
        now = {line.pk: line.digest_of_all() for line in lines}
        assert self.lines.items() <= now.items(), "a line was changed, or is gone"
        self.lines = now

    def _certificates(self, lines: Lines) -> None:
        for one in Certificate.objects.exclude(snapshot=None).select_related("volunteer"):
            told = {name: value for name, value in (one.snapshot or {}).items() if name != "issued"}
            theirs = [line for line in lines if line.volunteer_id == one.volunteer_id]
            upto = sum(line.minutes for line in theirs if line.seq <= told["ledger"]["seq"])
            assert told == self.shown.setdefault(one.pk, told), "what everybody has read was changed"
            assert told["minutes"] == upto, "a certificate says another sum than the ledger"
            if one.state in {"issued", "revoked"}:
                _issued(one)


def _issued(one: Certificate) -> None:
    answer = answer_for(one.code)
    assert answer is not None
    assert answer.state == ("genuine" if one.state == "issued" else "revoked"), answer
    assert one.issued_at is not None
    assert one.publicised_at is not None
    assert one.issued_at - one.publicised_at >= 7 * DAY, "it was on show for less than a week"
    heard = Flag.objects.filter(certificate=one, at__lt=one.issued_at)
    late = [flag for flag in heard if flag.settled_at is None or flag.settled_at > one.issued_at]
    assert not late, "it was issued over an objection"


def _two_people(line: HoursEntry) -> None:
    """Neither is the volunteer, nor has one of them the other's telephone; a late one has somebody from above."""
    behind = [line.first_by, line.second_by, line.volunteer.person]
    assert len({one.pk for one in behind}) == len({one.phone_index or one.pk for one in behind}) == 3, "two for one"
    if line.claim is not None:
        assert line.claim.late == line.late, "what was late is not late any more"
        second, unit = Standing(line.second_by, line.at), line.claim.session.unit
        assert not line.late or second.is_above(unit), "nobody from above has signed a late line"
        assert (line.claim.reviewed_by_id, line.claim.credited_by_id) == (line.first_by_id, line.second_by_id)
        assert line.minutes <= line.claim.session.length / timedelta(minutes=1) + OVER, "longer than was planned"


def _one_record(lines: Lines) -> None:
    """I16: at most one line net for each session, each moment once, ten hours a day, one sum."""
    gone = {line.reverses_id for line in lines if line.reverses_id}
    standing = [line for line in lines if line.kind == "credit" and line.pk not in gone]
    net = Counter[int | None]()
    for line in lines:
        net[line.session_id] += line.minutes
    twice = [key for key, count in Counter(line.session_id for line in standing).items() if count > 1]
    assert not twice, f"sessions {twice} count twice"
    by_session = {line.session_id: line.minutes for line in standing}
    assert {key: count for key, count in net.items() if key and count} == by_session, "more or less than the one line"
    assert sum(by_session.values()) <= _covered(standing), "a moment counts twice"
    had = Counter[str]()
    for line in lines:
        had.update(dict(line.days))
        over = [day for day, _count in line.days if had[day] > MOST_A_DAY and line.kind == "credit" and not line.above]
        assert not over, f"more than ten hours on {over}"


def _covered(standing: Lines) -> int:
    """Minutes of which at least one of these claims speaks."""
    covered, until = timedelta(), None
    for start, end in sorted((line.claim.start, line.claim.end) for line in standing if line.claim):
        covered += max(timedelta(), end - max(start, until or start))
        until = max(end, until or end)
    return int(covered / timedelta(minutes=1))


def _sums(lines: Lines, at: datetime, town: Town) -> None:
    """I19: what the units' sessions come to adds up along the tree, to the city and to the rows behind it."""
    for unit in Unit.objects.all():
        below = [unit, *Unit.objects.filter(parent=unit)]
        own = [_minutes(HoursEntry.objects.filter(session__unit=unit))]
        own += [_minutes(HoursEntry.objects.filter(session__unit__path__startswith=one.path)) for one in below[1:]]
        rows = sum(line.minutes for line in lines if line.session and line.session.unit.path.startswith(unit.path))
        assert sum(own) == rows, f"{unit} says another sum than its rows"
    moved = sum(line.minutes for line in lines if line.session is None)
    under, total = under_root(at + DAY), sum(line.minutes for line in lines)
    city = _minutes(HoursEntry.objects.filter(session__unit__path__startswith=town.city.path)) + moved
    assert (total_of_all(), under.minutes, under.entries, city) == (total, total, len(lines), total)
    for root in LedgerRoot.objects.all():
        assert root.minutes == sum(line.minutes for line in lines if line.at < root.until), "the root's sum"


def _minutes(entries: Any) -> int:  # noqa: ANN401 - a manager's own query set
    return sum(minutes_of(entries).values())


def journals_kept(kind: str, things: Sequence[Living], life: Life[Any, Any]) -> None:
    """I1 and I3: each step is a row of the table, each holds the digest of the one before, the last is the state."""
    moves = {(start, row.verb, str(row.end)) for row in life for start in row.start}
    names = {name_of(thing): thing for thing in things}
    told: dict[str, list[Entry]] = defaultdict(list)
    for line in Entry.objects.filter(thing__in=names).order_by("thing", "seq"):
        told[line.thing].append(line)
    for name, thing in names.items():
        found = told[name]
        assert (found[0].verb, found[0].before) == (MADE[kind], ""), f"{name} begins with {found[0].verb}"
        for number, (before, after) in enumerate(pairwise(found), start=2):
            assert (after.seq, after.before, after.digest) == (number, before.digest, after.digest_of_all())
            assert after.verb in NOTES or (before.state, after.verb, after.state) in moves, f"{before} {after}"
        assert found[-1].state == thing.state, f"the journal of {name} and its row differ"
