"""Ways for one person alone to come by hours: each is really tried, and none leads to a line of the ledger."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client

from baixing.exchange import actions as exchange
from baixing.exchange.models import Import
from baixing.hours import actions
from baixing.hours.models import HoursClaim, HoursEntry
from baixing.hours.queries.claims import waiting_claims
from baixing.hours.rules.standing import Standing
from baixing.kernel.refusals import NotAllowed, NotNow, Refused, Unfit
from baixing.network.models import Deputy, Post
from baixing.operations.queries import deep_faults
from baixing.orders import actions as orders
from baixing.people.models import Person
from baixing.schedule import actions as schedule
from baixing.schedule.actions import Need
from baixing.schedule.models import Session, Sheet
from baixing.schedule.queries.paper import Line
from baixing.teams.actions import enrol_volunteer
from baixing.teams.models import Team
from tests.exchange.bringing import brought, seen_to
from tests.exchange.files import Rows
from tests.hours.stage import AFTER, claim_of, credited, fresh, helped, join
from tests.hours.test_transfers import SYSTEM, document, signed
from tests.schedule.stage import EVENING, VOLUNTEERS, evening, planned
from tests.town import DAY, HOUR, NINE, VISIT, Town


def post(person: Person, claim: HoursClaim, verb: str, **said: object) -> int:
    client = Client()
    client.force_login(person)
    form = {"key": uuid4().hex, "version": claim.version, **said}
    with time_machine.travel(AFTER, tick=False):
        return client.post(f"/hours/claims/{claim.pk}/{verb}/", form).status_code


def test_by_post_with_more_than_the_form_has(town: Town) -> None:
    claim = claim_of(helped(town, town.luo), town.luo)
    more = {"minutes": 6000, "state": "credited", "credited_by": town.zhou.pk, "reviewed_by": town.wu.pk}

    answers = [post(town.zhou, claim, "review", **more), post(town.zhou, claim_of(claim.session, town.luo), "credit")]

    assert answers == [302, 403]
    assert (HoursEntry.objects.count(), claim_of(claim.session, town.luo).minutes) == (0, 120)


def test_by_a_list_that_is_brought_in(town: Town) -> None:
    """A list of people with a column of hours: written or not, no claim and no line comes of it."""
    rows: Rows = [["姓名", "手机", "服务队", "志愿时长", "minutes"], ["金水", "13800000021", "铜城水电队", 600, 36000]]
    source = brought("people", town.city, town.gao, rows)
    if source.state == "ready":
        exchange.confirm(source, by=town.gao, at=NINE)
        seen_to(source, NINE)

    assert {*Import.Kind.values} == {"units", "people", "teams", "items"}
    assert (HoursClaim.objects.count(), HoursEntry.objects.count()) == (0, 0)


def test_by_a_session_put_into_the_past(town: Town) -> None:
    session = helped_by_change(town, start=NINE - 2 * DAY)

    assert (session, HoursEntry.objects.count()) == ("after_start", 0)


def helped_by_change(town: Town, start: object) -> str:
    """An open session is moved to before it was entered; then its volunteer is entered as having been there."""
    session = evening(town, Need(VOLUNTEERS, 2))
    signup = join(session, town.luo)
    facts = {"start": start, "end": NINE - 2 * DAY + 8 * HOUR}
    schedule.change(fresh(session), facts, [Need(VOLUNTEERS, 2)], by=town.zhou, at=NINE)
    signup.session = fresh(session)
    schedule.check_in(signup, way="said", by=town.zhou, at=NINE, moment=NINE - 2 * DAY)
    row = schedule.check_out(signup, way="said", by=town.zhou, at=NINE, moment=NINE - 2 * DAY + 8 * HOUR)
    schedule.agree_left(row, by=town.luo, at=NINE)
    schedule.report(fresh(session), by=town.zhou, at=NINE)
    return claim_of(session, town.luo).why


def test_by_a_telephone_whose_clock_is_ahead(town: Town) -> None:
    signup = join(evening(town, Need(VOLUNTEERS, 2)), town.luo)

    with pytest.raises(Unfit):
        schedule.check_in(signup, way="offline", by=town.zhou, at=EVENING, moment=EVENING + HOUR)


def test_by_a_server_whose_clock_was_set_back(town: Town) -> None:
    first, second = helped(town, town.luo), helped(town, town.luo, came=EVENING - 1800 * timedelta(seconds=1))
    credited(first, town.luo, town, at=AFTER + HOUR)
    claim = claim_of(second, town.luo)
    for flag in claim.flags.open():
        actions.settle(flag, words="看过", by=town.wu, at=AFTER)
    actions.review(claim, by=town.zhou, at=AFTER)

    with pytest.raises(NotNow, match="时钟"), transaction.atomic():
        actions.credit(claim, by=town.wu, at=AFTER)
    with pytest.raises(NotNow), transaction.atomic():
        actions.credit(claim_of(second, town.luo), by=town.wu, at=EVENING)

    assert HoursEntry.objects.count() == 1


def test_by_two_sessions_at_once(town: Town) -> None:
    first, second = helped(town, town.luo), helped(town, town.luo)
    credited(first, town.luo, town)
    claim = claim_of(second, town.luo)
    for flag in claim.flags.open():
        actions.settle(flag, words="看过", by=town.he, at=AFTER)

    with pytest.raises(NotNow), transaction.atomic():
        credited(second, town.luo, town)

    assert HoursEntry.objects.get().minutes == 120


def test_by_approving_oneself(town: Town) -> None:
    """周 is on the staff, helps as a volunteer, and is offered neither of the two steps."""
    session = helped(town, town.zhou)
    claim = claim_of(session, town.zhou)

    with pytest.raises(NotAllowed):
        actions.review(claim, by=town.zhou, at=AFTER)
    actions.review(claim, by=town.wu, at=AFTER)
    with pytest.raises(NotAllowed):
        actions.credit(claim, by=town.zhou, at=AFTER)
    with pytest.raises(NotAllowed):
        actions.credit(claim, by=town.wu, at=AFTER)

    assert HoursEntry.objects.count() == 0


def test_by_a_second_account_behind_the_same_telephone(town: Town) -> None:
    claim = claim_of(helped(town, town.luo), town.luo)
    actions.review(claim, by=town.zhou, at=AFTER)
    twin = Person.objects.create(name="周二", phone=town.zhou.phone, phone_index=town.zhou.phone_index, made_at=NINE)
    Post.objects.create(person=twin, unit=town.institute, kind=Post.Kind.STAFF, since=NINE)

    with pytest.raises(NotAllowed):
        actions.credit(claim, by=twin, at=AFTER)


def test_by_reading_the_paper_sheet_and_then_crediting_what_one_has_read(town: Town) -> None:
    """吴 has entered the sheet: whoever checks it after them, they are no second person for it, nor for its mending."""
    join(session := evening(town, Need(VOLUNTEERS, 2)), town.luo)
    (sheet,) = schedule.print_sheets(session, by=town.zhou, at=EVENING)
    for person in (town.wu, town.zhou):
        told = Sheet.objects.select_related("session__unit", "session__team").get(pk=sheet.pk)
        schedule.read(told, {1: Line("19:00", "21:00")}, by=person, at=session.end)
    schedule.report(fresh(session), by=town.zhou, at=session.end)
    claim = claim_of(session, town.luo)
    actions.review(claim, by=town.zhou, at=AFTER)

    assert claim not in waiting_claims(Standing(town.wu, AFTER))
    with pytest.raises(NotAllowed, match="签到表"):
        actions.credit(claim, by=town.wu, at=AFTER)
    assert HoursEntry.objects.count() == 0
    line = actions.credit(claim, by=town.he, at=AFTER)
    correction = actions.ask_correction(line, minutes=60, words="早退", by=town.he, at=AFTER)
    with pytest.raises(NotAllowed):
        actions.agree_correction(correction, by=town.wu, at=AFTER)


def test_by_swapping_roles_through_a_deputy_post(town: Town) -> None:
    """罗 leads the team and stands in for 周: the same person, whichever post they act from."""
    order = town.order_in("appointed")
    orders.appoint(order, VISIT, volunteers=[town.luo, town.min], by=town.luo, at=NINE)
    orders.serve(order, result="修好了", came=[town.min], by=town.luo, at=VISIT.end)
    for held in Post.objects.filter(person__in=[town.zhou, town.wu]):
        Deputy.objects.create(post=held, person=town.luo, since=NINE, until=NINE + 30 * DAY)
    claim = HoursClaim.objects.with_nouns().get()
    actions.review(claim, by=town.luo, at=VISIT.end)

    with pytest.raises(NotAllowed):
        actions.credit(claim, by=town.luo, at=VISIT.end)
    assert HoursEntry.objects.count() == 0


def test_by_a_forged_transfer(town: Town) -> None:
    volunteer = enrol_volunteer(town.luo, by=None, at=NINE)
    actions.add_system("elsewhere", "别处", SYSTEM, by=town.gao, at=NINE)
    told = document(volunteer.number)
    signature = signed(told)

    for forged in ({**told, "minutes": 60_000}, {**told, "reference": "another"}):
        with pytest.raises(Unfit, match="签名"), transaction.atomic():
            actions.take_in(forged, signature, by=town.gao, at=NINE)
    alone = actions.take_in(told, signature, by=town.gao, at=NINE)
    with pytest.raises(NotAllowed), transaction.atomic():
        actions.agree_transfer(alone, by=town.gao, at=NINE)

    assert HoursEntry.objects.count() == 0


@pytest.mark.both
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE hours_hoursentry SET minutes = 6000",
        "UPDATE hours_hoursentry SET digest = 'x', minutes = 6000",
        "DELETE FROM hours_hoursentry",
        "INSERT INTO hours_hoursentry SELECT * FROM hours_hoursentry",
    ],
)
def test_by_direct_sql(town: Town, statement: str) -> None:
    credited(helped(town, town.luo), town.luo, town)

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert [line.minutes for line in HoursEntry.objects.all()] == [120]


@pytest.mark.both
def test_by_a_line_of_ones_own_put_in_by_sql(town: Town) -> None:
    """Whoever may write into the database puts a line in with the right digest: the doctor misses its claim."""
    line = credited(helped(town, town.luo), town.luo, town)
    forged = HoursEntry(volunteer=line.volunteer, person=town.luo, kind="reversal", minutes=600, reverses=line)
    forged.seq, forged.before, forged.at = 2, line.digest, line.at
    forged.first_by, forged.second_by = town.zhou, town.wu
    forged.digest = forged.digest_of_all()
    forged.save(force_insert=True)

    assert [fault for fault in deep_faults(AFTER) if "takes back what does not stand" in fault] != []


@pytest.mark.both
def test_by_a_line_that_names_oneself_or_one_person_twice(town: Town) -> None:
    line = credited(helped(town, town.luo), town.luo, town)
    both = ((town.zhou, town.zhou), (town.luo, town.zhou), (town.zhou, town.luo))

    for first, second in both:
        forged = HoursEntry(volunteer=line.volunteer, person=town.luo, kind="reversal", minutes=-120, reverses=line)
        forged.seq, forged.before, forged.at, forged.first_by, forged.second_by = 2, line.digest, AFTER, first, second
        with pytest.raises(IntegrityError, match=r"(?i)two_people|check"), transaction.atomic():
            forged.save(force_insert=True)


def test_by_an_order_that_is_opened_again(town: Town) -> None:
    """Done again after a complaint, the first visit counts once, and cannot be told a second time."""
    order = town.order_in("disputed")
    assert order.visit is not None
    visit = Session.objects.get(pk=order.visit.pk)

    with pytest.raises(Refused), transaction.atomic():
        schedule.close_attendance(visit, came=[town.luo], by=town.luo, at=VISIT.end + HOUR)
    orders.redo(order, by=town.wu, words="", at=VISIT.end + HOUR)
    actions.claim_session(visit, by=town.luo, at=VISIT.end + HOUR)

    assert HoursClaim.objects.filter(session=visit).count() == 1


def test_by_sending_the_same_form_twice(town: Town) -> None:
    claim = claim_of(helped(town, town.luo), town.luo)
    actions.review(claim, by=town.zhou, at=AFTER)
    client, key = Client(), uuid4().hex
    client.force_login(town.wu)
    form = {"key": key, "version": claim.version}

    with time_machine.travel(AFTER, tick=False):
        address = f"/hours/claims/{claim.pk}/credit/"
        answers = [client.post(address, form).status_code for _ in range(3)]
        again = client.post(address, {**form, "key": uuid4().hex}).status_code

    assert (answers, again, HoursEntry.objects.count()) == ([302, 302, 302], 409, 1)


def test_by_a_session_entered_after_it_was_held(town: Town) -> None:
    """And by a row whose own date was changed: the journal knows when it was entered."""
    session = schedule.plan(planned(town, Need(VOLUNTEERS, 2)), by=town.zhou, at=EVENING + HOUR)
    schedule.open(session, by=town.zhou, at=EVENING + HOUR)
    Session.objects.filter(pk=session.pk).update(made_at=NINE)
    session = fresh(session)
    signup = join(session, town.luo)
    schedule.check_in(signup, way="roster", by=town.zhou, at=EVENING + HOUR)
    schedule.check_out(signup, way="roster", by=town.zhou, at=session.end)
    schedule.report(fresh(session), by=town.zhou, at=session.end)

    claim = claim_of(session, town.luo)
    assert (claim.state, claim.why, claim.minutes) == ("refused", "after_start", 0)
    assert [flag.kind for flag in session.flags.all()] == ["after_start"]


def test_by_taking_a_team_over_and_checking_ones_friends_alone(town: Town) -> None:
    order = town.order_in("served")
    claim = HoursClaim.objects.with_nouns().get(session=order.visit)
    Team.objects.filter(pk=town.plumbers.pk).update(leader=town.min)
    claim = HoursClaim.objects.with_nouns().get(pk=claim.pk)
    actions.review(claim, by=town.min, at=VISIT.end)

    with pytest.raises(NotAllowed):
        actions.credit(claim, by=town.min, at=VISIT.end)
    assert HoursEntry.objects.count() == 0
