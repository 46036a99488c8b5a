"""Two lists at once, and a worker that is killed: each thing once, and nothing half done."""

from __future__ import annotations

import logging
from contextlib import nullcontext
from functools import partial
from operator import add
from typing import Any, NoReturn
from unittest.mock import patch

import pytest

from baixing.exchange import actions
from baixing.exchange.actions import clock
from baixing.exchange.actions.writing import WRITERS
from baixing.exchange.models import Import
from baixing.exchange.queries.table import Table
from baixing.exchange.rules import LEASE
from baixing.network.models import Unit
from baixing.people.actions import enrol
from baixing.people.models import Person
from tests.exchange.bringing import brought, counted, seen_to
from tests.kernel.threads import at_once
from tests.town import NINE, Town, build

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]
PEOPLE = [["姓名", "手机", "村"], *([f"人{number}", f"138000001{number:02}", "柳树村"] for number in range(20))]
UNITS = [["类型", "简称", "上级"], ["所", "新镇", "东区"], ["站", "新村", "新镇"]]


class Killed(BaseException):
    """What a process feels that is killed: nothing after this line happens."""


@pytest.fixture
def everybody() -> Town:
    return build()


def confirmed(town: Town, kind: str, rows: list[list[str]]) -> Import:
    source = brought(kind, town.city, town.gao, rows)
    actions.confirm(source, by=town.gao, at=NINE)
    return source


def both_at_once(town: Town, kind: str, rows: list[list[str]], *, looks_again: bool = True) -> list[str]:
    """Two lists with the same rows, written by two workers at the same moment; the names of what there is then."""
    lists = [brought(kind, town.city, town.gao, rows) for _one in range(2)]
    for source in lists:
        actions.confirm(source, by=town.gao, at=NINE)
    seen = {source.pk: clock.look_again(source, Table.loaded(source.table), NINE) for source in lists}
    guard = nullcontext() if looks_again else patch.object(clock, "look_again", lambda source, *_: seen[source.pk])
    with guard:
        ends = at_once(*(partial(clock._write, source, lambda: NINE) for source in lists))
    assert ends == [None, None]
    return names_of(kind, rows)


def names_of(kind: str, rows: list[list[str]]) -> list[str]:
    if kind == "people":
        return list(Person.objects.filter(name__in=[row[0] for row in rows]).values_list("name", flat=True))
    return list(Unit.objects.filter(short__in=[row[1] for row in rows]).values_list("short", flat=True))


@pytest.mark.parametrize(("kind", "rows"), [("people", PEOPLE), ("units", UNITS)])
def test_two_lists_at_once_make_each_thing_once(everybody: Town, kind: str, rows: list[list[str]]) -> None:
    found = both_at_once(everybody, kind, rows)

    assert (len(found), len(set(found))) == (len(rows) - 1, len(rows) - 1)
    assert {counted(source)[1] for source in Import.objects.all()} == {0, len(rows) - 1}


@pytest.mark.parametrize(("kind", "rows"), [("people", PEOPLE), ("units", UNITS)])
def test_control_without_looking_again_each_is_made_twice(everybody: Town, kind: str, rows: list[list[str]]) -> None:
    found = both_at_once(everybody, kind, rows, looks_again=False)

    assert (len(found), len(set(found))) == (2 * (len(rows) - 1), len(rows) - 1)


def test_somebody_who_enrols_at_the_same_moment_is_there_once(everybody: Town) -> None:
    source = confirmed(everybody, "people", PEOPLE[:2])

    at_once(
        lambda: clock._write(source, lambda: NINE),
        lambda: enrol("人1", "+8613800000101", None, at=NINE, by=None),
    )

    assert Person.objects.filter(name="人0").count() == 1
    assert Person.objects.behind("+8613800000101").count() == 1


@pytest.mark.parametrize(("kind", "rows"), [("people", PEOPLE), ("units", UNITS)])
def test_a_worker_that_is_killed_leaves_nothing_and_the_next_writes_all(
    everybody: Town, kind: str, rows: list[list[str]]
) -> None:
    source, write = confirmed(everybody, kind, rows), WRITERS[kind]

    def killed(*said: Any) -> NoReturn:  # noqa: ANN401 - whatever a writer is given
        write(*said)
        raise Killed

    with patch.dict(WRITERS, {kind: killed}), pytest.raises(Killed):
        actions.work(lambda: NINE)
    left = names_of(kind, rows), actions.work(lambda: NINE)  # nobody takes it up while the dead one may still be at it

    assert left == ([], False)
    assert counted(seen_to(source, NINE + 2 * LEASE)) == ("done", len(rows) - 1, 0, 0)


def test_what_breaks_three_times_is_left_with_nothing_written(
    everybody: Town, caplog: pytest.LogCaptureFixture
) -> None:
    source, before = confirmed(everybody, "people", PEOPLE), Person.objects.count()

    def breaks(*_said: object) -> None:
        message = "Key (name)=(人0) exists"
        raise ValueError(message)

    with patch.dict(WRITERS, people=breaks), caplog.at_level(logging.ERROR):
        for turn in range(3):
            actions.work(partial(add, NINE, turn * LEASE))

    source.refresh_from_db()
    assert (source.state, source.table, Person.objects.count()) == ("broken", "", before)
    assert [record.getMessage() for record in caplog.records] == [f"import {source.pk} broke off: ValueError"] * 3
