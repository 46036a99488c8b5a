"""Residents with their homes, consents and families, and those of them who volunteer."""

from __future__ import annotations

import signal
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from baixing.demo import rules
from baixing.demo.actions.years import clock
from baixing.demo.actions.years.lines import Journal
from baixing.demo.actions.years.scale import Scale
from baixing.kernel.seal import blind, seal, tail
from baixing.network.models import Home, Unit
from baixing.people.models import Consent, Guardianship, Person
from baixing.people.rules import REQUIRED, TEXT_VERSIONS
from baixing.teams.models import Membership, NumberRun, Team, Volunteer
from baixing.teams.rules import number_of

LONG_AGO, RECENT = 1100, 740  # days
MANY, CHUNK = 2000, 1000  # from so many on, all cores seal; so many at a time
YOUNG, OLD, IN_FAMILY = 0.12, 0.30, 0.15  # shares; the last of grown-ups who share a telephone
YOUNG_AGES, GROWN_AGES, OLD_AGES = (8, 13), (22, 61), (63, 88)  # today, so that they fit two years ago too
IN_TOWN = 3  # times as many live in a community as in a village


@dataclass(slots=True)
class Neighbour:
    """A resident, as sign-ups need them."""

    key: int
    since: int
    guardian: int = 0
    volunteer: int = 0
    number: str = ""


@dataclass
class Pool:
    """People by how long they have been here."""

    people: list[Neighbour] = field(default_factory=list)
    since: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, people: Iterable[Neighbour], since: Callable[[Neighbour], int] = lambda one: one.since) -> Pool:
        ordered = sorted(people, key=lambda one: (since(one), one.key))
        return cls(ordered, [since(one) for one in ordered])

    def some(self, wanted: int, at: int, used: set[int], dice: Random) -> list[Neighbour]:
        """So many who are here by then and nowhere else now; fewer when there are no more."""
        found: list[Neighbour] = []
        there = bisect_right(self.since, at)
        start = int(dice.random() * there)
        for step in range(there):
            if len(found) == wanted:
                break
            one = self.people[(start + step) % there]
            if one.key not in used:
                used.add(one.key)
                found.append(one)
        return found


@dataclass
class People:
    """All residents, by the path of their village."""

    grown: dict[str, list[Neighbour]] = field(default_factory=lambda: defaultdict(list))
    old: dict[str, list[Neighbour]] = field(default_factory=lambda: defaultdict(list))
    young: dict[str, list[Neighbour]] = field(default_factory=lambda: defaultdict(list))
    joined: dict[int, int] = field(default_factory=dict)  # since when somebody volunteers, by their key

    def pool(self, kind: str, path: str) -> Pool:
        """Of everybody in and below a unit."""
        homes: dict[str, list[Neighbour]] = getattr(self, "grown" if kind == "helpers" else kind)
        everybody = [one for home, people in homes.items() if home.startswith(path) for one in people]
        if kind != "helpers":
            return Pool.of(everybody)
        return Pool.of((one for one in everybody if one.volunteer), lambda one: self.joined[one.key])


@dataclass(frozen=True)
class _Plan:
    """Somebody before their number and address are sealed."""

    one: Neighbour
    home: Unit
    phone: str
    address: str
    name: str
    born: date
    guardian: str  # their number, of a child


class Settlers:
    """Writes residents, village by village."""

    def __init__(self, scale: Scale, at: datetime, dice: Random, journal: Journal) -> None:
        self.scale, self.at, self.dice, self.journal = scale, at, dice, journal
        self.now, self.today = clock.second_of(at), clock.local_day(clock.second_of(at))
        self.people = People()
        unset: dict[str, object] = dict.fromkeys(("last_login", "number_changed_at", "erased_at"))
        self.persons = journal.shelf.table(
            Person, "id password name phone phone_index phone_tail born made_at",
            language="", speech="", is_active=True, demo=True, **unset,
        )  # fmt: skip
        self.homes = journal.shelf.table(Home, "id person_id station_id address", alone=False)
        self.consents = journal.shelf.table(
            Consent, "id person_id kind text_version given_at by_id", channel=Consent.Channel.WEB, withdrawn_at=None
        )
        self.wards = journal.shelf.table(
            Guardianship, "id ward_id guardian_id phone phone_index asked_at confirmed_at", ended_at=None
        )

    def settle(self, villages: Sequence[Unit], told: Callable[[float], None]) -> People:
        plans = list(self._plans(villages))
        for number, (plan, kept) in enumerate(zip(plans, _sealed(plans), strict=True)):
            self._write(plan, kept)
            if number % CHUNK == 0:
                told(number / len(plans))
        self._volunteers(villages)
        return self.people

    def _plans(self, villages: Sequence[Unit]) -> Iterator[_Plan]:
        phones = rules.FIRST_RESIDENT
        for village, wanted in zip(villages, self._sizes(villages), strict=True):
            last = ""
            for _each in range(wanted):
                young = bool(last) and self.dice.random() < YOUNG
                shares = not young and bool(last) and self.dice.random() < IN_FAMILY
                phone = last if shares else rules.phone(phones)
                phones += not shares
                yield self._plan(village, phone, last if young else "")
                last = last if young else phone

    def _sizes(self, villages: Sequence[Unit]) -> list[int]:
        weights = [IN_TOWN if one.short.endswith("社区") else 1 for one in villages]
        return shares_of(self.scale.residents, weights)

    def _plan(self, village: Unit, phone: str, guardian: str) -> _Plan:
        dice, grown = self.dice, self.people.grown[village.path]
        ages = YOUNG_AGES if guardian else OLD_AGES if dice.random() < OLD else GROWN_AGES
        born = self.today - timedelta(days=365 * dice.randint(*ages) + dice.randint(20, 340))
        days = dice.randint(RECENT, LONG_AGO) if dice.random() < 0.6 else dice.randint(5, RECENT)  # noqa: PLR2004
        since = self.now - days * clock.DAY - dice.randrange(12 * clock.HOUR)
        one = Neighbour(next(self.persons.keys), since)
        if guardian:
            parent = grown[-1]
            one.guardian, one.since = parent.key, max(since, parent.since + clock.HOUR)
            self.people.young[village.path].append(one)
        else:
            grown.append(one)
            if ages == OLD_AGES:
                self.people.old[village.path].append(one)
        return _Plan(one, village, phone, rules.door(dice, village.short), rules.name(dice), born, guardian)

    def _write(self, plan: _Plan, kept: tuple[str, str, str, str]) -> None:
        one, made = plan.one, clock.column(plan.one.since)
        password = f"!{self.dice.getrandbits(160):040x}"
        phone, index, four, address = kept
        self.persons.add(one.key, password, plan.name, phone, index, four, plan.born.isoformat(), made)
        self.homes.add(next(self.homes.keys), one.key, plan.home.pk, address)
        for kind in REQUIRED:
            row = next(self.consents.keys), one.key, str(kind), TEXT_VERSIONS[kind], made, one.guardian or one.key
            self.consents.add(*row)
        if one.guardian:
            self._guarded(one, plan.guardian)

    def _guarded(self, one: Neighbour, phone: str) -> None:
        """The child asked, and the grown-up said yes, from their own telephone."""
        key, yes = next(self.wards.keys), one.since + 20 * clock.MINUTE
        row = key, one.key, one.guardian, seal(phone), blind(phone), clock.column(one.since), clock.column(yes)
        self.wards.add(*row)
        chain = self.journal.chain(f"people.guardianship:{key}")
        chain.line("ask_guardian", "", one.since, one.key)
        chain.line("confirm_guardian", "", yes, one.guardian)

    def _volunteers(self, villages: Sequence[Unit]) -> None:
        """They join over the years; numbers are given in that order, each year's from its own beginning."""
        teams = _teams_by_home()
        found: list[tuple[int, Neighbour, Unit]] = []
        sizes = shares_of(self.scale.volunteers, [len(self.people.grown[one.path]) for one in villages])
        for village, wanted in zip(villages, sizes, strict=True):
            for one in self.dice.sample(self.people.grown[village.path], wanted):
                joined = min(one.since + self.dice.randrange(1, 60 * 24) * clock.HOUR, self.now - clock.DAY)
                self.people.joined[one.key] = joined
                found.append((joined, one, village))
        found.sort(key=lambda row: (row[0], row[1].key))
        volunteers = self.journal.shelf.table(Volunteer, "id person_id number at")
        members = self.journal.shelf.table(
            Membership, "id team_id person_id at", state=Membership.State.MEMBER, version=1
        )
        numbers = _Numbers()
        for joined, one, village in found:
            one.volunteer, one.number = next(volunteers.keys), numbers.next(clock.local_day(joined).year)
            volunteers.add(one.volunteer, one.key, one.number, clock.column(joined))
            if near := [*teams.get(village.pk, ()), *teams.get(village.parent_id or 0, ())]:
                members.add(next(members.keys), self.dice.choice(near), one.key, clock.column(joined))
        numbers.keep()


class _Numbers:
    """The runs of volunteer numbers, going on from where they are."""

    def __init__(self) -> None:
        self.last = Counter(dict(NumberRun.objects.values_list("year", "last")))

    def next(self, year: int) -> str:
        self.last[year] += 1
        return number_of(year, self.last[year])

    def keep(self) -> None:
        for year, last in sorted(self.last.items()):
            NumberRun.objects.update_or_create(year=year, defaults={"last": last})


def shares_of(whole: int, weights: Sequence[float]) -> list[int]:
    """The whole in parts, none of it lost to rounding."""
    total, done, upto, found = sum(weights), 0, 0.0, []
    for weight in weights:
        upto += weight
        found.append(round(whole * upto / total) - done)
        done += found[-1]
    return found


def _teams_by_home() -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for pk, home in Team.objects.active().order_by("pk").values_list("pk", "home"):
        found[home].append(pk)
    return found


def _sealed(plans: Sequence[_Plan]) -> Iterator[tuple[str, str, str, str]]:
    said = [(plan.phone, plan.address) for plan in plans]
    if len(said) < MANY:
        yield from map(_seal, said)
        return
    with ProcessPoolExecutor(initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_IGN)) as cores:
        yield from cores.map(_seal, said, chunksize=CHUNK)


def _seal(said: tuple[str, str]) -> tuple[str, str, str, str]:
    phone, address = said
    return seal(phone), blind(phone), tail(phone), seal(address)
