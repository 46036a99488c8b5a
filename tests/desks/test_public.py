"""The front page: what is asked for most stands there."""

from __future__ import annotations

from baixing.desks import queries
from baixing.menu.models import ServiceItem
from baixing.orders import actions
from tests.town import NINE, Town


def another(town: Town, code: str, *, lead_days: int) -> ServiceItem:
    facts = {"skill": town.tap_repair.skill, "platform": town.tap_repair.platform, "unit": town.city}
    return ServiceItem.objects.create(code=code, name=code, gist="修一修", lead_days=lead_days, **facts)


def in_front(town: Town) -> list[str]:
    return [row.item.code for row in queries.front(town.jin, "en", NINE).items]


def test_while_nobody_has_ordered_what_comes_soonest_stands_in_front(town: Town) -> None:
    another(town, "later", lead_days=5)
    another(town, "sooner", lead_days=2)

    assert in_front(town) == ["tap-repair", "sooner", "later"]


def test_what_is_ordered_most_stands_in_front(town: Town) -> None:
    later = another(town, "later", lead_days=5)
    order = town.place(item=later, windows=())
    actions.admit(order, urgency="normal", by=town.zhou, at=NINE)
    actions.tell_facts(at=NINE)

    assert in_front(town) == ["later", "tap-repair"]
