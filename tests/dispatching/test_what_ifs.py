"""What a month would have come to: the same orders, other teams. It costs what it says, and offers nothing."""

from __future__ import annotations

import io
import zlib
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from django.contrib.contenttypes.fields import GenericForeignKey
from django.db import IntegrityError, transaction

from baixing.dispatching import actions
from baixing.dispatching.actions.reckoning import sides, work
from baixing.dispatching.models import Plan, Proposal, WhatIf
from baixing.dispatching.queries.beside import beside
from baixing.dispatching.queries.crews import Fitting, changed, crews
from baixing.dispatching.queries.demand import demand, months
from baixing.dispatching.queries.months import Month, Side
from baixing.dispatching.rules.changes import Changes, More, Served
from baixing.dispatching.rules.weights import defaults
from baixing.journal.models import Entry
from baixing.kernel.refusals import NotAllowed, NotNow, Unfit
from baixing.matching import Certificate, Match, match, verify
from baixing.orders.models import Offer, Order
from baixing.orders.queries import fitting
from baixing.schedule.models import DaysOff
from baixing.teams.models import Licence, LicenceKind, Membership, Team
from tests.dispatching.stage import busy_place, dice_of, dispatcher, located, team_at, waiting
from tests.town import DAY, NINE, Town

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 1)
SATURDAY = 5


def more(town: Town, **said: int) -> Changes:
    plain = {"skill": town.tap_repair.skill_id, "home": town.institute.pk, "reach": 2, "a_day": 1, "a_week": 2}
    return Changes(more=(More(**{**plain, **said}),))


def reckoned(town: Town, changes: Changes) -> WhatIf:
    what_if = actions.ask_what_if(town.institute, MARCH, changes, by=town.gao, at=NINE)
    assert work(lambda: NINE)
    return WhatIf.objects.select_related("unit", "by").get(pk=what_if.pk)


def both(town: Town, changes: Changes) -> tuple[Side, Side]:
    asked = WhatIf(unit=town.institute, month=MARCH, changes=changes.told(), policy=defaults())
    return sides(asked, Month(demand(town.institute, MARCH), MARCH, 1), NINE)


@pytest.mark.parametrize("seed", range(4))
def test_a_team_more_never_makes_the_month_dearer_and_one_away_never_cheaper(town: Town, seed: int) -> None:
    _made, teams = busy_place(town, dice_of(seed))

    as_is, with_one = both(town, more(town))
    _as_is, without = both(town, Changes(away=(teams[0].pk,)))
    plain, richer, poorer = (match(side.world, side.weights) for side in (as_is, with_one, without))

    assert all(found.proven for found in (plain, richer, poorer))
    assert richer.cost <= plain.cost <= poorer.cost
    assert [verify(side.world, side.weights, found) for side, found in ((with_one, richer), (as_is, richer))] == [
        True,
        False,  # a proof of the one is none of the other
    ]


def test_with_nothing_changed_it_is_the_plan_as_things_are(town: Town) -> None:
    busy_place(town, dice_of(5))

    as_is, same = both(town, Changes())
    first, second = match(as_is.world, as_is.weights), match(same.world, same.weights)

    assert as_is.digest() == same.digest() != both(town, more(town))[1].digest()
    assert (first.team == second.team).all()
    assert (first.cost, (first.day == second.day).all()) == (second.cost, True)


def test_what_is_kept_proves_itself_and_says_the_same_again(town: Town) -> None:
    busy_place(town, dice_of(6))
    changes = Changes(more=more(town).more, weights={"wait": 10})

    one, other = reckoned(town, changes), reckoned(town, changes)
    as_is, changed_side = both(town, changes)

    assert (one.digest, one.changed_digest, one.found) == (other.digest, other.changed_digest, other.found)
    assert (one.state, one.proven, one.digest) == ("made", True, as_is.digest())
    kept = np.load(io.BytesIO(zlib.decompress(bytes(one.certificate))))
    for side, name, cost in ((as_is, "as_is", one.cost), (changed_side, "changed", one.changed_cost)):
        prices = Certificate(*(kept[f"{name}_{part}"] for part in ("order", "day", "week")))
        team = kept[f"{name}_team"]
        found = Match(
            team, kept[f"{name}_chosen"], cost or 0, cost or 0, int((team < 0).sum()), proven=True, certificate=prices
        )
        assert verify(side.world, side.weights, found)
        broken = replace(found, certificate=replace(prices, order=prices.order + 1))
        assert not verify(side.world, side.weights, broken)


def test_its_figures_add_up_and_say_who_gains(town: Town) -> None:
    villages = located(town)
    Team.objects.update(day_capacity=1, week_capacity=1)
    for village in (villages[0], villages[1], villages[1], villages[2]):
        waiting(town, village, 1)

    found = reckoned(town, more(town, a_day=2, a_week=2)).found
    told = beside(found["as_is"], found["changed"], 10, str)

    one, other = found["as_is"]["total"], found["changed"]["total"]
    assert ((one["orders"], one["left"]), (other["orders"], other["left"])) == ((4, 2), (4, 0))
    for side in (found["as_is"], found["changed"]):
        whole = [side["total"]["orders"], side["total"]["left"], side["total"]["waited"]]
        for part in ("below", "items", "villages"):
            assert [sum(row[n] for row in side[part].values()) for n in range(3)] == whole
        assert sum(side["teams"].values()) == side["total"]["orders"] - side["total"]["left"]
    gained = {key: found["as_is"]["villages"][key][1] - row[1] for key, row in found["changed"]["villages"].items()}
    assert {str(row.unit.pk) for row in told.gain} == {key for key, n in gained.items() if n > 0}
    assert (sum(gained.values()), told.lose, told.teams[0].name, told.teams[0].other) == (2, [], "new-1", 2)


def test_hours_that_are_asked_count_and_nothing_else_is_moved(town: Town) -> None:
    villages = located(town)
    team = team_at(town, villages[0], "周六队")
    DaysOff.objects.create(team=team, first=NINE.date() + 2 * DAY, last=NINE.date() + 2 * DAY)
    Team.objects.exclude(pk=team.pk).update(on_duty=False)
    waiting(town, villages[0], 2)  # the Saturday

    served = [
        reckoned(town, Changes(hours=(Served(team.pk, days),))).found["changed"]["total"]["left"]
        for days in ((0, 1, 2, 3, 4), (SATURDAY,))
    ]
    back = reckoned(town, Changes(hours=(Served(town.plumbers.pk),))).found

    assert served == [1, 0]
    assert (back["as_is"]["total"]["left"], back["changed"]["total"]["left"]) == (1, 0)


def test_days_with_a_gap_between_them_are_all_tried(town: Town) -> None:
    """Two who want Friday, and of these one who would also have Tuesday; one team, once a day."""
    villages = located(town)
    Team.objects.exclude(pk=town.plumbers.pk).update(on_duty=False)
    Team.objects.update(day_capacity=1, week_capacity=6)
    waiting(town, villages[0], 1, 5)
    waiting(town, villages[0], 1)

    assert reckoned(town, more(town)).found["as_is"]["total"]["left"] == 0


def test_demand_is_the_month_as_it_came(town: Town) -> None:
    villages = located(town)
    made = [waiting(town, villages[0], 1) for _ in range(3)]
    Order.objects.filter(pk=made[0].pk).update(by_person=True)
    Order.objects.filter(pk=made[1].pk).update(admitted_at=NINE - 20 * DAY)
    town.order_in("withdrawn")

    found = demand(town.institute, MARCH)

    assert ([order.pk for order in found.orders], found.apart) == ([made[2].pk], 1)
    known = [(one.first.month, one.orders, one.running) for one in months(town.institute, NINE.date())]
    assert known == [(3, 2, True), (2, 1, False)]


@pytest.mark.parametrize("seed", range(3))
def test_what_ifs_and_desks_know_the_same_teams_that_can_serve(town: Town, seed: int) -> None:
    dice = dice_of(seed)
    made, teams = busy_place(town, dice)
    Membership.objects.create(team=dice.choice(teams), person=made[0].resident, state="member", at=NINE)
    kind = LicenceKind.objects.create(slug="water", name="水暖证")
    for team in dice.sample(teams, 3):
        Licence.objects.create(team=team, kind=kind, valid_from=MARCH, valid_until=date(2027, 3, 1))
    town.tap_repair.licence = kind
    town.tap_repair.save(update_fields=["licence"])
    Team.objects.filter(pk=dice.choice(teams).pk).update(on_duty=False)
    found = list(Order.objects.filter(state="pending").with_nouns().prefetch_related("windows").order_by("pk"))

    own = crews(found, (), MARCH, 45)
    able, item = Fitting(found, own, NINE.date()).able(found, own, [(NINE.date(), NINE.date() + 9 * DAY)] * len(found))

    many = fitting(found, NINE.date())
    for number, order in enumerate(found):
        rows = {own[row].team for row in np.flatnonzero(able[:, item[number]])}
        assert rows == {team.pk for team in many[order.pk]}


def test_a_team_that_is_away_or_new_is_so_on_one_side_alone(town: Town) -> None:
    busy_place(town, dice_of(2))
    own = crews(demand(town.institute, MARCH).orders, (), MARCH, 45)
    first = own[0].team

    other = changed(own, Changes(away=(first,), more=more(town, count=2).more), {town.institute.pk: town.institute})

    assert ([crew.rests for crew in own].count(True), other[0].rests) == (0, True)
    assert [(crew.key, crew.team) for crew in other[len(own) :]] == [("new-1", 0), ("new-2", 0)]


def test_a_what_if_names_nothing_that_could_be_offered_and_writes_nothing_but_itself(town: Town) -> None:
    waiting(town, located(town)[0], 1)
    before = (Proposal.objects.count(), Offer.objects.count(), Plan.objects.count())

    made = reckoned(town, more(town))

    related = {field.related_model._meta.label for field in WhatIf._meta.get_fields() if field.related_model}
    assert related == {"people.Person", "network.Unit"}
    assert not any(isinstance(field, GenericForeignKey) for field in WhatIf._meta.get_fields())
    assert (Proposal.objects.count(), Offer.objects.count(), Plan.objects.count()) == before
    assert [line.verb for line in Entry.objects.of(made)] == ["ask", "make"]
    for state in ("offered", "proposed", "confirmed"):
        with pytest.raises(IntegrityError), transaction.atomic():
            WhatIf.objects.filter(pk=made.pk).update(state=state)


def test_heads_and_dispatchers_ask_some_at_once_and_only_what_is_something(town: Town) -> None:
    located(town)
    shi = dispatcher(town)
    with pytest.raises(NotAllowed):
        actions.ask_what_if(town.institute, MARCH, more(town), by=town.wu, at=NINE)
    with pytest.raises(Unfit):
        actions.ask_what_if(town.institute, MARCH, Changes(), by=shi, at=NINE)
    asked = [actions.ask_what_if(town.institute, MARCH, more(town, a_week=n), by=shi, at=NINE) for n in (2, 3, 4, 2)]
    with pytest.raises(NotNow):
        actions.ask_what_if(town.institute, MARCH, more(town, a_week=5), by=shi, at=NINE)

    assert (asked[3].pk, WhatIf.objects.count()) == (asked[0].pk, 3)


def test_it_is_taken_away_by_who_asked_or_a_head_and_goes_after_a_year(town: Town) -> None:
    located(town)
    shi = dispatcher(town)
    one, other = (reckoned(town, more(town, a_week=n)) for n in (2, 3))
    with pytest.raises(NotAllowed):
        actions.remove_what_if(one, by=shi, at=NINE)

    actions.remove_what_if(WhatIf.objects.get(pk=one.pk), by=town.gao, at=NINE)
    kept = [actions.forget_what_ifs(at=NINE + days * DAY) for days in (364, 366)]

    assert ([line.verb for line in Entry.objects.of(one)], kept) == (["ask", "make", "remove"], [0, 1])
    assert not WhatIf.objects.filter(pk=other.pk).exists()
