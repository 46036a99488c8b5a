"""People of a list: who is new, what those who are there already get, and what does not fit."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext as _

from baixing.exchange.queries.cells import BAD, CHANGED, NEW, SAME, Cells, Checked
from baixing.exchange.queries.columns import form_of, plain
from baixing.exchange.queries.places import Places, several, unknown
from baixing.exchange.queries.table import Row
from baixing.kernel.calendar import LOCAL
from baixing.kernel.seal import blind
from baixing.network.models import Home, Post, Unit
from baixing.network.rules import AUDITED, appointable, audits_itself, keeps_home
from baixing.people.actions import Newcomer
from baixing.people.models import Person
from baixing.people.queries import needs_guardian
from baixing.people.rules import GUARDED_UNDER, HOUSEHOLD, plain_name
from baixing.teams.models import Membership, Team

FORM: Final = form_of("people")
OLDEST: Final = date(1900, 1, 1)
SAID: Final = ("unit", "post", "station", "address", "alone", "team")  # what a second row may add
Key = tuple[str, str]  # phone and plain name: one person


@dataclass(frozen=True)
class Lives:
    """Where somebody lives; what a row leaves empty stays as it is."""

    station: Unit
    address: str
    alone: bool


@dataclass
class PersonDeed:
    """What one row does for one person."""

    key: Key
    newcomer: Newcomer | None  # None when somebody else's row, or nobody's, makes the person
    person: Person | None  # who is there already
    post: tuple[Unit, Post.Kind] | None = None
    home: Lives | None = None
    home_before: Home | None = None
    team: Team | None = None

    def adds(self) -> bool:
        return bool(self.post or self.home or self.team)


class PeopleCheck:
    """Knows what the rows before have said of each person."""

    def __init__(self, scope: Unit, by: Person, at: datetime, _rows: list[Row]) -> None:
        self.scope, self.by, self.at = scope, by, at
        self.today = at.astimezone(LOCAL).date()
        self.places = Places(scope)
        self.teams = _teams(scope)
        self.open_kinds = lru_cache(maxsize=None)(lambda unit: appointable(by, unit, at))
        self.first: dict[Key, int] = {}
        self.new: dict[Key, Newcomer] = {}
        self.behind: Counter[str] = Counter()
        self.rows: dict[Key, set[tuple[str, ...]]] = defaultdict(set)
        self.said: dict[Key, set[object]] = defaultdict(set)
        self.kinds: dict[Key, set[str]] = defaultdict(set)
        self.homes: dict[Key, Lives] = {}

    def some(self, rows: list[Row]) -> list[Checked]:
        read = [self._read(row) for row in rows]
        known = _Known([key[0] for _checked, _cells, key in read if key])
        return [self._judge(checked, cells, key, known) for checked, cells, key in read]

    def _read(self, row: Row) -> tuple[Checked, Cells, Key | None]:
        checked = Checked(row)
        cells = Cells(row, FORM, checked)
        name, phone = cells.text("name"), cells.phone("phone", needed=True)
        return checked, cells, (phone, plain_name(name)) if name and phone else None

    def _judge(self, checked: Checked, cells: Cells, key: Key | None, known: _Known) -> Checked:
        born = cells.day("born", OLDEST, self.today)
        if key is None:
            return checked
        person = known.person(key)
        deed = PersonDeed(key, None, person)
        self._enrol(deed, born, cells, known)
        self._appoint(deed, cells, known)
        self._settle(deed, cells, known)
        self._join(deed, born, cells, known)
        self._repeat(deed, checked)
        if checked.verdict != BAD:
            checked.verdict = NEW if deed.person is None else CHANGED if deed.adds() else SAME
            checked.deed = deed
        return checked

    def _enrol(self, deed: PersonDeed, born: date | None, cells: Cells, known: _Known) -> None:
        if deed.person:
            if born and deed.person.born and born != deed.person.born:
                cells.checked.notes.append(_("The date of birth that is known stays."))
        elif (told := self.new.get(deed.key)) is None:
            phone = deed.key[0]
            self.behind[phone] += 1
            if known.crowd[blind(phone)] + self.behind[phone] > HOUSEHOLD:
                cells.fault("phone", _("Eight people use this phone already. Your station can help."))
            deed.newcomer = self.new[deed.key] = Newcomer(cells.text("name"), phone, born)
        elif born and told.born and born != told.born:
            words = _("Row %(row)s gives this person another date of birth.")
            cells.fault("born", words % {"row": self.first[deed.key]})

    def _appoint(self, deed: PersonDeed, cells: Cells, known: _Known) -> None:
        kind = cells.choice("post")
        unit = self.places.unit(cells, "unit") if "unit" in cells else self.scope
        if not kind:
            if "unit" in cells and "post" not in cells:
                cells.fault("post", _("There is a unit, but no post. Write both, or neither."))
            return
        if unit is None or (known.pk(deed), unit.pk, kind) in known.posts:
            return
        if kind not in self.open_kinds(unit):
            cells.fault("post", _("You may not fill this post there. Ask the head of the unit, or the unit above."))
        elif self._audits_itself(deed, kind):
            words = _("An auditor cannot also be head, staff, dispatcher or editor: nobody audits their own work.")
            cells.fault("post", words)
        deed.post = unit, Post.Kind(kind)

    def _audits_itself(self, deed: PersonDeed, kind: str) -> bool:
        told = self.kinds[deed.key]
        clash = bool(told & AUDITED) if kind == Post.Kind.AUDITOR else Post.Kind.AUDITOR in told and kind in AUDITED
        told.add(kind)
        return clash or (deed.person is not None and audits_itself(deed.person, kind, self.at, None))

    def _settle(self, deed: PersonDeed, cells: Cells, known: _Known) -> None:
        address, alone = cells.text("address"), cells.choice("alone")
        station = self.places.unit(cells, "station", tier=1)
        if station is None:
            if (address or alone == "yes") and "station" not in cells:
                cells.fault("station", _("Where is this? Write the village or community too."))
            return
        had = known.homes.get(known.pk(deed))
        lives = Lives(
            station,
            address or (had.address if had and had.station_id == station.pk else ""),
            alone == "yes" or (not alone and had is not None and had.alone),
        )
        told = self.homes.setdefault(deed.key, lives)
        if told != lives:
            words = _("Row %(row)s says that this person lives elsewhere.")
            cells.fault("station", words % {"row": self.first.get(deed.key, 0)})
        elif had is None or (had.station_id, had.address, had.alone) != (station.pk, lives.address, lives.alone):
            if deed.person and had and not keeps_home(self.by, deed.person, station, self.at):
                cells.fault("station", _("This person is at home elsewhere. Their own station can change that."))
            deed.home, deed.home_before = lives, had

    def _join(self, deed: PersonDeed, born: date | None, cells: Cells, known: _Known) -> None:
        if "team" not in cells:
            return
        found = self.teams.get(plain(cells.text("team")), [])
        if len(found) != 1:
            cells.fault("team", several() if found else unknown(self.scope))
        elif (found[0].pk, known.pk(deed)) not in known.members and found[0].leader_id != known.pk(deed):
            if self._is_unguarded(deed, born):
                cells.fault("team", _("Under 14, a guardian must say yes first. Take the team out of this row."))
            deed.team = found[0]

    def _is_unguarded(self, deed: PersonDeed, born: date | None) -> bool:
        if deed.person:
            return needs_guardian(deed.person, self.today)
        told = self.new.get(deed.key)
        age = Person(born=born or (told.born if told else None)).age(self.today)
        return age is not None and age < GUARDED_UNDER

    def _repeat(self, deed: PersonDeed, checked: Checked) -> None:
        """A second row of one person says something else than the rows before; what they have said is done once."""
        row = checked.row
        first = self.first.setdefault(deed.key, row.number)
        says = tuple(row.said.get(name, "") for name in SAID)
        if says in self.rows[deed.key]:
            checked.fault("name", _("Row %(row)s says the same. Delete one of the two.") % {"row": first})
        self.rows[deed.key].add(says)
        for part in ("post", "home", "team"):
            if (wanted := getattr(deed, part)) in self.said[deed.key]:
                setattr(deed, part, None)
            self.said[deed.key].add(wanted)


class _Known:
    """What is there already about those behind some phones."""

    def __init__(self, phones: list[str]) -> None:
        indexes = {blind(phone) for phone in phones}
        people = list(Person.objects.living().filter(phone_index__in=indexes).order_by("-pk"))
        self._people = {(person.phone_index, plain_name(person.name)): person for person in people}
        self.crowd = Counter(person.phone_index for person in people)
        running = Post.objects.filter(Q(until=None), person__in=people)
        self.posts = set(running.values_list("person_id", "unit_id", "kind"))
        self.homes = {home.person_id: home for home in Home.objects.filter(person__in=people)}
        members = Membership.objects.members().filter(person__in=people)
        self.members = set(members.values_list("team_id", "person_id"))

    def person(self, key: Key) -> Person | None:
        return self._people.get((blind(key[0]), key[1]))

    def pk(self, deed: PersonDeed) -> int:
        return deed.person.pk if deed.person else 0


def _teams(scope: Unit) -> dict[str, list[Team]]:
    found: dict[str, list[Team]] = defaultdict(list)
    for team in Team.objects.active().at_home_in(scope).select_related("home", "leader"):
        found[plain(team.name)].append(team)
    return found
