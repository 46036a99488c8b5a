"""Who may do what: states down, people across, verbs in the cells. And the arithmetic, for all inputs."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baixing.hours import actions
from baixing.hours.models import Certificate, HoursClaim
from baixing.hours.rules import reckoning
from baixing.hours.rules.lives import CERTIFICATE, CLAIM
from baixing.hours.rules.standing import Standing
from baixing.kernel.calendar import LOCAL
from baixing.teams.models import Volunteer
from tests.hours.stage import AFTER, claim_of, credited, helped
from tests.town import DAY, NINE, Town

# fmt: off
CLAIMS = {
    #           min, theirs  zhou, staff there  wu, staff above  luo, the leader      shi, dispatcher  wei, a stranger
    "computed": ("",              "review refuse",   "review refuse", "review refuse",     "",              ""),
    "reviewed": ("",              "refuse",          "credit refuse", "refuse",            "",              ""),
    "credited": ("",              "",                "",              "",                  "",              ""),
    "refused":  ("",              "",                "",              "",                  "",              ""),
}
CERTIFICATES = {
    #             luo, whose it is  he, the county's staff  gao, above        zhou, staff below  wei, a stranger
    "drafted":    ("",              "publicise refuse",     "publicise refuse", "",              ""),
    "publicised": ("",              "refuse",               "issue refuse",     "",              ""),
    "issued":     ("",              "revoke",               "revoke",           "",              ""),
    "revoked":    ("",              "",                     "",                 "",              ""),
    "refused":    ("",              "",                     "",                 "",              ""),
}
# fmt: on


def claim_in(town: Town, state: str) -> HoursClaim:
    session = helped(town, town.min)
    session.team = town.plumbers
    session.save(update_fields=["team"])
    claim = claim_of(session, town.min)
    if state in {"reviewed", "credited"}:
        actions.review(claim, by=town.zhou, at=AFTER)
    if state == "credited":
        actions.credit(claim, by=town.wu, at=AFTER)
    if state == "refused":
        actions.refuse(claim, words="没有来", by=town.zhou, at=AFTER)
    return claim_of(session, town.min)


@pytest.mark.parametrize("state", CLAIMS)
def test_powers_over_a_claim(town: Town, state: str) -> None:
    claim = claim_in(town, state)
    cast = (town.min, town.zhou, town.wu, town.luo, town.shi, town.wei)

    found = [CLAIM.powers(Standing(person, AFTER), claim) for person in cast]

    assert found == [frozenset(verbs.split()) for verbs in CLAIMS[state]]


def certificate_in(town: Town, state: str) -> Certificate:
    credited(helped(town, town.luo), town.luo, town)
    certificate = actions.draft(Volunteer.objects.get(person=town.luo), by=town.luo, at=AFTER)
    if state in {"publicised", "issued", "revoked"}:
        actions.publicise(certificate, by=town.he, at=AFTER)
    if state in {"issued", "revoked"}:
        actions.issue(certificate, by=town.gao, at=AFTER + 7 * DAY)
    if state == "revoked":
        actions.revoke(certificate, words="记错了人", by=town.he, at=AFTER + 8 * DAY)
    if state == "refused":
        actions.refuse_certificate(certificate, words="记错了人", by=town.he, at=AFTER)
    return Certificate.objects.select_related("volunteer__person", "unit", "publicised_by").get(pk=certificate.pk)


@pytest.mark.parametrize("state", CERTIFICATES)
def test_powers_over_a_certificate(town: Town, state: str) -> None:
    certificate = certificate_in(town, state)
    cast = (town.luo, town.he, town.gao, town.zhou, town.wei)

    found = [CERTIFICATE.powers(Standing(person, AFTER), certificate) for person in cast]

    assert found == [frozenset(verbs.split()) for verbs in CERTIFICATES[state]]


def test_the_tables_know_every_state() -> None:
    assert {*CLAIMS} == {*HoursClaim.State.values}
    assert {*CERTIFICATES} == {*Certificate.State.values}


FIRST = datetime(2026, 1, 1, tzinfo=LOCAL)
moments = st.integers(0, 7 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes))
spans = st.tuples(moments, st.integers(0, 4000)).map(lambda pair: (pair[0], pair[0] + timedelta(minutes=pair[1])))


@given(spans, st.lists(spans, max_size=5))
def test_what_is_left_and_what_is_covered_make_the_whole(one: reckoning.Span, others: list[reckoning.Span]) -> None:
    left = reckoning.without(one, others)
    covered = [part for part in left if any(part[0] < end and start < part[1] for start, end in others)]

    assert covered == []
    assert all(one[0] <= start < end <= one[1] for start, end in left)
    overlap = reckoning.whole_minutes(one) - sum(map(reckoning.whole_minutes, left))
    assert 0 <= overlap <= reckoning.whole_minutes(one)


@given(spans)
def test_the_days_of_a_span_add_up_to_it(one: reckoning.Span) -> None:
    days = reckoning.by_day([one])

    assert sum(days.values()) == reckoning.whole_minutes(one)
    assert all(0 < minutes <= 24 * 60 for minutes in days.values())
    assert all(minutes <= reckoning.MOST_A_DAY for minutes in reckoning.within_the_day(days, {}).values())


@given(moments, st.integers(-2000, 4000), st.integers(1, 1000))
def test_a_presence_is_never_less_than_nothing_nor_more_than_planned_and_half_an_hour(
    arrived: datetime, stayed: int, planned: int
) -> None:
    span = reckoning.span_of(arrived, arrived + timedelta(minutes=stayed), timedelta(minutes=planned))

    assert reckoning.whole_minutes(span) == max(0, min(stayed, planned + 30))


def test_a_leap_day_and_a_session_over_midnight() -> None:
    start = datetime(2028, 2, 29, 23, 30, tzinfo=LOCAL)

    assert reckoning.by_day([(start, start + timedelta(hours=2))]) == {
        start.date(): 30,
        start.date() + timedelta(days=1): 90,
    }
    assert NINE.tzinfo is not None
