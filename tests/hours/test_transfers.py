"""Hours that come from another system, and go to one."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction
from pytest_django import Settings

from baixing.hours import actions
from baixing.hours.models import HoursEntry, Transfer
from baixing.hours.queries.sums import total_of
from baixing.kernel.canonical import canonical
from baixing.kernel.refusals import NotAllowed, NotNow, Unfit
from baixing.network.models import Post
from baixing.teams.actions import enrol_volunteer
from tests.hours.stage import AFTER, credited, helped
from tests.town import NINE, Town

_KEY = Ed25519PrivateKey.from_private_bytes(b"0123456789abcdef0123456789abcdef")
SYSTEM = base64.b64encode(_KEY.public_key().public_bytes_raw()).decode()


def document(number: str, **changes: object) -> dict[str, object]:
    told = {"format": "baixing-transfer-1", "from": "elsewhere", "to": "baixing", "reference": "2026/17"}
    return {**told, "volunteer": number, "minutes": 90, "from_day": "2025-01-01", "until_day": "2025-12-31", **changes}


def signed(told: dict[str, object]) -> str:
    return base64.b64encode(_KEY.sign(canonical(told))).decode()


@pytest.fixture
def second(town: Town) -> Post:
    """Another of the city centre's staff."""
    return Post.objects.create(person=town.wei, unit=town.city, kind=Post.Kind.STAFF, since=NINE)


@pytest.mark.usefixtures("second")
def test_a_signed_transfer_counts_once_two_people_agree(town: Town) -> None:
    volunteer = enrol_volunteer(town.luo, by=None, at=NINE)
    actions.add_system("elsewhere", "别处", SYSTEM, by=town.gao, at=NINE)
    told = document(volunteer.number)

    transfer = actions.take_in(told, signed(told), by=town.gao, at=NINE)
    line = actions.agree_transfer(transfer, by=town.wei, at=NINE)
    with pytest.raises(Unfit, match="只计一次"), transaction.atomic():
        actions.take_in(told, signed(told), by=town.wei, at=NINE)

    assert (line.kind, line.minutes, line.first_by, line.second_by) == ("moved_in", 90, town.gao, town.wei)
    assert (total_of(volunteer), line.digest) == (90, line.digest_of_all())


@pytest.mark.usefixtures("second")
def test_a_row_that_was_changed_before_the_second_person_is_refused(town: Town) -> None:
    volunteer = enrol_volunteer(town.luo, by=None, at=NINE)
    actions.add_system("elsewhere", "别处", SYSTEM, by=town.gao, at=NINE)
    told = document(volunteer.number)
    transfer = actions.take_in(told, signed(told), by=town.gao, at=NINE)
    Transfer.objects.update(minutes=9000)
    transfer.refresh_from_db()

    with pytest.raises(NotNow, match="签名"), transaction.atomic():
        actions.agree_transfer(transfer, by=town.wei, at=NINE)
    assert HoursEntry.objects.count() == 0


@pytest.mark.usefixtures("second")
@pytest.mark.parametrize(
    "changes",
    [
        {"to": "another"},
        {"from": "unknown"},
        {"volunteer": "BY20260000099"},
        {"minutes": 0},
        {"minutes": -5},
        {"minutes": True},
        {"minutes": "90"},
        {"format": "other"},
        {"more": "x"},
    ],
)
def test_what_is_no_transfer_for_us_is_refused_in_words(town: Town, changes: dict[str, object]) -> None:
    volunteer = enrol_volunteer(town.luo, by=None, at=NINE)
    actions.add_system("elsewhere", "别处", SYSTEM, by=town.gao, at=NINE)
    told = document(volunteer.number, **changes)

    with pytest.raises(Unfit):
        actions.take_in(told, signed(told), by=town.gao, at=NINE)


def test_only_the_city_centre_deals_with_other_systems(town: Town) -> None:
    for person in (town.he, town.zhou, town.luo):
        with pytest.raises(NotAllowed):
            actions.add_system("elsewhere", "别处", SYSTEM, by=person, at=NINE)


@pytest.mark.usefixtures("second")
def test_what_goes_out_leaves_the_record_signed_and_never_more_than_there_is(town: Town, settings: Settings) -> None:
    settings.LEDGER_KEY = base64.b64encode(b"f" * 32).decode()
    line = credited(helped(town, town.luo), town.luo, town)
    system = actions.add_system("elsewhere", "别处", SYSTEM, by=town.gao, at=AFTER)
    much = actions.send_out(system, line.volunteer, 121, by=town.gao, at=AFTER)
    with pytest.raises(NotNow), transaction.atomic():
        actions.agree_transfer(much, by=town.wei, at=AFTER)

    fits = actions.send_out(system, line.volunteer, 120, by=town.gao, at=AFTER)
    actions.agree_transfer(fits, by=town.wei, at=AFTER)

    assert total_of(line.volunteer) == 0
    key = Ed25519PrivateKey.from_private_bytes(b"f" * 32).public_key()
    key.verify(base64.b64decode(fits.signature), canonical(fits.document))
