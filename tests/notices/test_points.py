"""The points at which a worker may be killed: all are known, all are passed, and none costs or doubles a message."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from baixing.notices import actions
from baixing.notices.actions import points
from baixing.notices.actions.points import Point
from baixing.notices.models import Outgoing
from baixing.people.models import Person
from drills.worker import IN_HAND, MOMENTS
from tests.notices.conftest import AT
from tests.notices.fakes import FakeProvider

AFTER_A_LEASE = timedelta(minutes=6)


class KilledError(BaseException):
    """Ends a pass as a signal would: nothing in the code catches it."""


def watched(monkeypatch: pytest.MonkeyPatch) -> list[Point]:
    seen: list[Point] = []
    monkeypatch.setattr(points, "watchers", [seen.append])
    return seen


def test_the_drill_kills_at_every_point_and_while_the_provider_has_it() -> None:
    assert set(MOMENTS) == {point.name for point in Point} | {IN_HAND}


def test_every_point_is_marked_once_where_messages_are_sent() -> None:
    code = (Path(points.__file__).parent / "deliver.py").read_text()

    assert sorted(re.findall(r"reach\(Point\.(\w+)\)", code)) == sorted(point.name for point in Point)


def test_a_message_passes_all_points_in_their_order(jin: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = watched(monkeypatch)
    actions.tell([jin], "lamp.lit", at=AT, name="A")

    actions.deliver(AT)

    assert seen == list(Point)


def test_no_watcher_stands_at_the_points_of_an_installation() -> None:
    assert points.watchers == []


@pytest.mark.both
@pytest.mark.parametrize("point", Point, ids=lambda point: point.name)
@pytest.mark.django_db(transaction=True)
def test_a_worker_that_dies_at_a_point_costs_nothing(
    jin: Person, provider: type[FakeProvider], monkeypatch: pytest.MonkeyPatch, point: Point
) -> None:
    def die(reached: Point) -> None:
        if reached is point:
            raise KilledError

    actions.tell([jin], "lamp.lit", at=AT, name="A")
    monkeypatch.setattr(points, "watchers", [die])
    with pytest.raises(KilledError):
        actions.deliver(AT)
    monkeypatch.setattr(points, "watchers", [])

    actions.deliver(AT + timedelta(minutes=1))  # still in the hands of the dead one, or done
    actions.deliver(AT + AFTER_A_LEASE)

    row = Outgoing.objects.get()
    assert row.state == "sent"
    assert {message.key for message in provider.taken} == {row.key}
    assert len(provider.taken) == (2 if point is Point.ANSWERED else 1)
