"""The papers of teams: which hold, which have run out, which soon will."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from baixing.look import said
from baixing.network.models import Unit
from baixing.teams.models import Licence, LicenceKind, LicenceQuerySet, Team, TeamQuerySet
from baixing.teams.queries.finding import said_name
from baixing.teams.rules import Standing

SOON, AHEAD = 30, 60  # days
SHOWN_FROM, SHOWN = 8, 4  # digits: of a shorter number the end would tell too much


@dataclass(frozen=True)
class Paper:
    """A licence as one reader sees it: whole for those who keep the team, masked for others."""

    licence: Licence
    kind: str
    holder: str
    number: str
    mark: str  # "expired", "soon", "ahead", or "" when all is well


def licensed(team: Team, kind: LicenceKind, on: date) -> bool:
    return Licence.objects.valid(on).filter(team=team, kind=kind).exists()


def expiring(where: Team | Unit, on: date, days: int = SOON) -> LicenceQuerySet:
    """Licences that hold today and run out within so many days; of a unit, those of all open teams in it."""
    running_out = Licence.objects.running_out(on, days)
    if isinstance(where, Team):
        return running_out.filter(team=where).order_by("valid_until", "pk")
    at_home = Team.objects.active().at_home_in(where)
    return running_out.filter(team__in=at_home).select_related("team", "kind").order_by("valid_until", "pk")


def expiring_under(units: Iterable[Unit], on: date) -> list[Licence]:
    """Those of all open teams in any of these units, each once, the first to run out first."""
    found = {licence.pk: licence for unit in units for licence in expiring(unit, on, AHEAD)}
    return sorted(found.values(), key=lambda licence: (licence.valid_until, licence.pk))


def licences_in(teams: TeamQuerySet) -> LicenceQuerySet:
    return Licence.objects.filter(team__in=teams).select_related("kind", "team__home", "team__leader")


def papers(team: Team, one: Standing | None, on: date, language: str) -> list[Paper]:
    held = Licence.objects.filter(team=team).select_related("kind").order_by("-valid_until", "pk")
    keeps = one is not None and one.keeps(team)
    return [paper_of(licence, on, language, whole=keeps) for licence in held]


def paper_of(licence: Licence, on: date, language: str, *, whole: bool) -> Paper:
    return Paper(
        licence=licence,
        kind=said_name(licence.kind, language),
        holder=licence.holder if whole else said.masked_name(licence.holder),
        number=licence.number if whole else _masked(licence.number),
        mark=_mark(licence, on),
    )


def valid_kinds(team: Team, on: date, language: str) -> list[str]:
    """What the team may do by law today, each kind once."""
    held = LicenceKind.objects.filter(licences__in=Licence.objects.valid(on).filter(team=team)).distinct()
    return [said_name(kind, language) for kind in held]


def _masked(number: str) -> str:
    if not number:
        return ""
    return f"****{number[-SHOWN:]}" if len(number) >= SHOWN_FROM else "****"


def _mark(licence: Licence, on: date) -> str:
    if licence.valid_until < on:
        return "expired"
    if licence.valid_from > on:
        return "ahead"
    return "soon" if licence.valid_until <= on + timedelta(days=SOON) else ""
