"""Contacts once they are revealed, once the work is over; sheets and files; who lives alone."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from io import StringIO
from typing import Final

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from baixing.kernel.once import new_key
from baixing.kernel.sheets import FORMULA_STARTS
from baixing.orders import actions
from baixing.orders.models import Order
from baixing.orders.rules.guards import CONTACT_AFTER
from baixing.people.models import Person
from tests.access.planted import read, shown
from tests.access.policies import POLICIES
from tests.access.world import World
from tests.town import NINE, VISIT

CONTACT: Final = {"placexnear", "phonexnearjin"}
TEAM: Final = ("luo", "min")
OWNERS: Final = ("zhou", "shi")
FORMULA: Final = "=cmd|' /C calc'!A0"
SHEETS: Final = {
    "hours:report_sheet",
    "people:data_csv",
    "orders:journal_sheet",
    "exchange:export",
    "exchange:template",
}
FILES: Final = {
    *("people:data_json", "orders:calendar", "programme:photo", "programme:picture", "hours:pdf", "hours:snapshot"),
    *("hours:credential", "hours:issuer", "hours:revoked_list"),
    *("hours:own_file", "hours:whole_file", "hours:roots_file", "hours:transfer_file"),
    *("schedule:feed", "schedule:session_file", "schedule:team_feed", "schedule:unit_feed"),
}
SAVED: Final = re.compile(r"attachment; filename=\"[\w.-]{1,60}\"(; filename\*=UTF-8''[\w.~%/-]{1,400})?")
MINUTE: Final = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def reveal(world: World, role: str) -> int:
    order = Order.objects.get(pk=world.near["order"])
    said = {"key": new_key(), "version": order.version}
    return world.client(role).post(reverse("orders:reveal", args=[order.pk]), said).status_code


def served(world: World) -> datetime:
    """The order is done and rated; when its contact is hidden."""
    order = Order.objects.with_nouns().get(pk=world.near["order"])
    actions.serve(order, result="done", came=[world.people["luo"]], by=world.people["luo"], at=VISIT.end)
    return VISIT.end + CONTACT_AFTER


def answers(client: Client, role: str, things: dict[str, int | str]) -> Iterator[tuple[str, HttpResponse]]:
    """All that this person can read of what is near."""
    for name, policy in POLICIES.items():
        if not policy.post and role in policy.near:
            yield name, client.get(reverse(name, kwargs=policy.arguments(things)), follow=True)  # type: ignore[misc]  # the test's own


def holding_contact(world: World, role: str) -> set[str]:
    pages = answers(world.client(role), role, world.near)
    return {name for name, answer in pages if CONTACT & shown(answer, world.near, world.far)}


@pytest.mark.parametrize(
    ("role", "pages"),
    [
        ("min", {"orders:order", "orders:visit_list"}),
        ("zhou", {"orders:order", "desks:calls"}),
    ],
)
def test_a_revealed_contact_stands_where_it_was_asked_for_and_nowhere_else(
    world: World, role: str, pages: set[str]
) -> None:
    assert reveal(world, role) == 302

    assert holding_contact(world, role) == pages
    assert holding_contact(world, "wu") == set()  # nobody else's page shows what this person asked for


@pytest.mark.parametrize("role", [*TEAM, *OWNERS])
def test_a_look_is_over_after_a_quarter_of_an_hour(world: World, role: str) -> None:
    reveal(world, role)
    page = reverse("orders:order", args=[world.near["order"]])

    with time_machine.travel(NINE + 16 * MINUTE, tick=False):
        answer = world.client(role).get(page)

    assert not CONTACT & shown(answer, world.near, world.far)  # type: ignore[arg-type]  # the test's own


@pytest.mark.parametrize("role", ["luo", "zhou"])
def test_a_day_after_the_end_no_page_holds_the_contact(world: World, role: str) -> None:
    """Though it was looked at a minute before."""
    end = served(world)
    with time_machine.travel(end, tick=False):
        assert reveal(world, role) == 302
        assert "orders:order" in holding_contact(world, role)

    with time_machine.travel(end + MINUTE, tick=False):
        assert reveal(world, role) == 409
        assert holding_contact(world, role) == set()


def _files(world: World) -> Iterator[tuple[str, str, HttpResponse]]:
    world.client("shen").post(reverse("orders:journal", args=[world.near["order"]]), {"key": new_key()})
    for role in ("jin", "shen", "gao", "luo", "min"):
        for name, answer in answers(world.client(role), role, world.near):
            if not re.search("html|javascript", answer.headers["Content-Type"]):
                yield name, role, answer


def test_every_file_is_saved_and_never_shown_as_a_page_and_no_cell_of_any_sheet_is_a_formula(world: World) -> None:
    Person.objects.filter(pk__in=[person.pk for person in world.people.values()]).update(name=FORMULA)
    order = Order.objects.with_nouns().get(pk=world.near["order"])
    actions.urge(order, by=world.people["jin"], at=NINE)
    Order.objects.filter(pk=order.pk).update(words=FORMULA, address=FORMULA)

    files = list(_files(world))
    for name, _role, answer in files:
        said = answer.headers["Content-Disposition"]
        assert SAVED.fullmatch(said), (name, said)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    sheets = [(name, read(answer)) for name, _role, answer in files if "csv" in answer.headers["Content-Type"]]

    cells = [cell for _name, sheet in sheets for row in csv.reader(StringIO(sheet.lstrip("\ufeff"))) for cell in row]
    assert {name for name, _role, _answer in files} == {*SHEETS, *FILES}
    assert {name for name, _sheet in sheets} == SHEETS
    assert any(FORMULA in cell for cell in cells)
    assert [cell for cell in cells if cell.lstrip().startswith(FORMULA_STARTS)] == []


@pytest.mark.parametrize("role", ["zhou", "luo"])
def test_no_page_says_who_lives_alone(world: World, role: str) -> None:
    """Both residents do; whoever goes there is told to come as two, and nothing of why."""
    said = [name for name, answer in answers(world.client(role), role, world.near) if _says_alone(answer)]

    # asked about one's own home; an invented order; the name of a column to be filled in
    assert set(said) <= {"network:settle", "look:guide_page", "exchange:upload", "exchange:template"}


def _says_alone(answer: HttpResponse) -> bool:
    return bool(re.search(r"lives? alone|独居|two_needed", read(answer)))


def test_what_is_planted_would_be_seen(world: World) -> None:
    """The control: the resident's own pages hold every kind of value that is looked for."""
    seen = set()
    for _name, answer in answers(world.client("jin"), "jin", world.near):
        seen |= shown(answer, world.near, world.far)

    kinds = {"namexnearjin", "homexnear", "placexnear", "wordsxnear", "trackxnear", "bornxnear", "phonexnearjin"}
    assert kinds - seen == set()
