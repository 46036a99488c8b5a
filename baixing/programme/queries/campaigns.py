"""Campaigns: who reads of them, what was promised in numbers alone, and what was counted, unit by unit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from baixing.network.models import Unit
from baixing.people.models import Person
from baixing.programme.models import Activity, ActivityQuerySet, Campaign, Pledge, Tally, Theme
from baixing.programme.queries.activities import visible, with_counts
from baixing.programme.rules import CAMPAIGN_LIFE, TALLY_LIFE, Standing

A, C, P, T = Activity.State, Campaign.State, Pledge.State, Tally.State
P_KIND = Pledge.Kind
MOST_MONTHS = 24


@dataclass(frozen=True)
class Promises:
    """How many have promised; nobody is named anywhere."""

    people: int
    households: int
    units: int


@dataclass(frozen=True)
class UnitCount:
    """What one unit has counted and a second person has confirmed, in the order of the tree and never as a rank."""

    unit: Unit
    number: int


@dataclass(frozen=True)
class CampaignPage:
    campaign: Campaign
    promises: Promises
    number: int
    activities: ActivityQuerySet
    mine: list[Pledge]
    choices: list[tuple[str, str]]
    powers: frozenset[str]
    counts: bool  # does the reader tell or confirm counts of it?


@dataclass(frozen=True)
class TallyRow:
    tally: Tally
    powers: frozenset[str]


def visible_campaigns(one: Standing | None) -> QuerySet[Campaign]:
    """What is published; and the drafts of one's own units."""
    mine = ~Q(state=C.DRAFT)
    for office in one.offices if one else ():
        mine |= Q(unit__path__startswith=office.path)
    return Campaign.objects.filter(mine).select_related("unit", "theme")


def listed_campaigns(one: Standing | None, theme: Theme | None = None) -> QuerySet[Campaign]:
    """Each with how many have promised. What was counted is asked for the page at once, see `numbers_of`."""
    promised = Count("pledges", filter=Q(pledges__state=P.MADE))
    found = visible_campaigns(one).annotate(promised=promised).order_by("-first", "-pk")
    return found.filter(theme=theme) if theme else found


def themes_of_campaigns(one: Standing | None) -> list[Theme]:
    """Under which months' themes there are campaigns, the newest first."""
    used = Q(pk__in=visible_campaigns(one).order_by().values("theme"))
    return list(Theme.objects.filter(used).order_by("-month")[:MOST_MONTHS])


def numbers_of(campaigns: Iterable[Campaign]) -> dict[int, int]:
    rows = Tally.objects.filter(campaign__in=list(campaigns), state=T.CONFIRMED).order_by()
    return dict(rows.values_list("campaign").annotate(Sum("number")))


def campaigns_for(units: Iterable[Unit]) -> QuerySet[Campaign]:
    """Those that activities of these units may be part of: of the unit itself, and of all above it."""
    paths = {path for unit in units for path in unit.line()}
    return Campaign.objects.filter(unit__path__in=paths).exclude(state__in=(C.CLOSED, C.CALLED_OFF))


def campaign_page(campaign: Campaign, one: Standing | None) -> CampaignPage:
    shown = visible(one).filter(campaign=campaign).exclude(state=A.WITHDRAWN)
    mine = _mine(campaign, one) if one else []
    return CampaignPage(
        campaign=campaign,
        promises=_promises(campaign),
        number=numbers_of([campaign]).get(campaign.pk, 0),
        activities=with_counts(shown),
        mine=mine,
        choices=choices_of_holder(campaign, one, mine) if one else [],
        powers=CAMPAIGN_LIFE.powers(one, campaign) if one else frozenset(),
        counts=bool(one and (one.is_in_charge(campaign.unit) or telling_units(campaign, one))),
    )


def unit_counts(campaign: Campaign) -> QuerySet[Unit]:
    """The units with a count that is confirmed, each with its sum as `number`."""
    counted = Q(pk__in=Tally.objects.filter(campaign=campaign, state=T.CONFIRMED).values("unit"))
    return Unit.objects.filter(counted).order_by("path")


def with_numbers(campaign: Campaign, units: Iterable[Unit]) -> list[UnitCount]:
    found = list(units)
    rows = Tally.objects.filter(campaign=campaign, state=T.CONFIRMED, unit__in=found).order_by()
    sums = dict(rows.values_list("unit").annotate(Sum("number")))
    return [UnitCount(unit, sums.get(unit.pk, 0)) for unit in found]


def choices_of_holder(campaign: Campaign, one: Standing, mine: list[Pledge]) -> list[tuple[str, str]]:
    """For whom somebody may still promise: a unit by its number."""
    made = {pledge.holder for pledge in mine}
    own = [(kind.value, str(kind.label), holder_of(one, kind.value)) for kind in (P_KIND.PERSON, P_KIND.HOUSEHOLD)]
    units = [(f"unit-{unit.pk}", unit.short, f"u{unit.pk}") for unit in telling_units(campaign, one)]
    return [(value, label) for value, label, holder in (*own, *units) if holder not in made]


def holder_of(one: Standing, kind: str) -> str:
    """Whose promise it is: a person's, or that of the household behind their phone."""
    if kind == P_KIND.HOUSEHOLD and one.person.phone_index:
        return f"h{one.person.phone_index}"
    return f"{'h' if kind == P_KIND.HOUSEHOLD else ''}p{one.person.pk}"


def telling_units(campaign: Campaign, one: Standing) -> list[Unit]:
    """The units of one's offices that take part: that of the campaign, and all below it."""
    offices = {unit.pk: unit for unit in one.offices if campaign.unit.covers(unit)}
    return list(offices.values())


def months_of(campaign: Campaign, today: date) -> list[date]:
    """The months of which something can be counted by now, the newest first."""
    last, first = min(campaign.last, today).replace(day=1), campaign.first.replace(day=1)
    span = (last.year - first.year) * 12 + last.month - first.month
    months = [first.year * 12 + first.month - 1 + count for count in range(span + 1)]
    return [date(number // 12, number % 12 + 1, 1) for number in reversed(months)][:MOST_MONTHS]


def tallies(campaign: Campaign, one: Standing) -> QuerySet[Tally]:
    """Of one's own units and of those below; what waits comes first."""
    mine = Q(pk__in=())
    for office in one.offices:
        mine |= Q(unit__path__startswith=office.path)
    found = Tally.objects.filter(mine, campaign=campaign).select_related("unit", "campaign", "told_by")
    return found.order_by("-state", "-month", "unit__path")


def visible_tallies(one: Standing) -> QuerySet[Tally]:
    mine = Q(pk__in=())
    for office in one.offices:
        mine |= Q(unit__path__startswith=office.path)
    return Tally.objects.filter(mine).select_related("unit", "campaign__unit")


def tally_rows(found: Iterable[Tally], one: Standing) -> list[TallyRow]:
    return [TallyRow(tally, TALLY_LIFE.powers(one, tally)) for tally in found]


def who_takes_part(campaign: Campaign) -> QuerySet[Person]:
    """Whoever has promised something, and whoever has counted."""
    promised = campaign.pledges.filter(state=P.MADE, by__isnull=False).values("by")
    counted = campaign.tallies.values("told_by")
    return Person.objects.living().filter(Q(pk__in=promised) | Q(pk__in=counted)).order_by("pk")


def _promises(campaign: Campaign) -> Promises:
    made = campaign.pledges.filter(state=P.MADE).order_by()
    counts = dict(made.values_list("kind").annotate(Count("pk")))
    people, households, units = (counts.get(kind.value, 0) for kind in P_KIND)
    return Promises(people, households, units)


def _mine(campaign: Campaign, one: Standing) -> list[Pledge]:
    """One's own, the household's, and those of one's units."""
    holders = [holder_of(one, P_KIND.PERSON), holder_of(one, P_KIND.HOUSEHOLD)]
    holders += [f"u{unit.pk}" for unit in telling_units(campaign, one)]
    return list(campaign.pledges.filter(state=P.MADE, holder__in=holders).select_related("unit", "by").order_by("pk"))
