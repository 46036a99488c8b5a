"""Hours of the demo team: some in the ledger, some still to be checked, one certificate issued and one on show."""

from __future__ import annotations

from datetime import datetime, timedelta

from baixing.demo.actions.people import Company
from baixing.demo.actions.teams import OURS
from baixing.hours import actions
from baixing.hours.models import HoursClaim
from baixing.kernel.calendar import LOCAL
from baixing.network.models import Platform
from baixing.people.models import Person
from baixing.schedule import actions as schedule
from baixing.schedule.actions import Need, Planned, Seat
from baixing.schedule.models import Role, Session
from baixing.teams.models import Membership, Team, Volunteer

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
HELD = ((25, "广场便民维修日", "science"), (21, "社区用电安全课", "education"), (16, "敬老院义务检修", "science"))
WAITING = 3  # claims that stay for the reader of the demo to check
HELPERS = 3


def hours(company: Company, at: datetime) -> None:
    team = Team.objects.get(name=OURS)
    members = Membership.objects.members().filter(team=team).exclude(person=team.leader).select_related("person")
    people = [team.leader, *(row.person for row in members.order_by("pk")[: HELPERS - 1])]
    for ago, title, platform in HELD:
        _held(company, team, people, title, platform, _morning(at - ago * DAY))
    _certificates(company, people, at)
    waiting = HoursClaim.objects.waiting().filter(session__team=team).with_nouns().order_by("session__end", "pk")
    for claim in list(waiting)[:-WAITING]:
        _credit(claim, company, min(claim.session.end + 6 * HOUR, at))


def _held(company: Company, team: Team, people: list[Person], title: str, platform: str, start: datetime) -> None:
    """A morning of the team: planned two days before, everybody checked in from the leader's list."""
    facts = {"public": True, "place": "文化广场", "platform": Platform.objects.filter(slug=platform).first()}
    needs = [Need(Role.Side.VOLUNTEER, 8, least=2)]
    told = Planned("activity", title, company.station, start, start + 2 * HOUR + 30 * MINUTE, team, needs, facts)
    session = schedule.plan(told, by=team.leader, at=start - 2 * DAY)
    schedule.open(session, by=team.leader, at=start - 2 * DAY)
    role = session.roles.select_related("session__unit", "skill", "licence").get()
    for number, person in enumerate(people):
        signup = schedule.sign_up(Seat(role, person), by=person, at=start - DAY)
        schedule.check_in(signup, way="roster", by=team.leader, at=start + number * 4 * MINUTE)
        schedule.check_out(signup, way="roster", by=team.leader, at=session.end - number * 5 * MINUTE)
    schedule.report(Session.objects.get(pk=session.pk), by=team.leader, at=session.end)
    for claim in HoursClaim.objects.filter(session=session).with_nouns().order_by("pk"):
        _credit(claim, company, session.end + 5 * HOUR)


def _credit(claim: HoursClaim, company: Company, at: datetime) -> None:
    for flag in claim.flags.open():
        actions.settle(flag, words="问过本人，两处时间不冲突。", by=company["institute"], at=at)
    actions.review(claim, by=company["clerk"], at=at)
    actions.credit(claim, by=company["institute"], at=at)


def _certificates(company: Company, people: list[Person], at: datetime) -> None:
    """The leader's is issued; that of the next volunteer is on show."""
    for person, ago in ((people[0], 14), (people[1], 2)):
        volunteer, moment = Volunteer.objects.select_related("person").get(person=person), at - ago * DAY
        certificate = actions.draft(volunteer, by=person, at=moment)
        actions.publicise(certificate, by=company["county"], at=moment + HOUR)
        if person == people[0]:
            actions.issue(certificate, by=company["city"], at=moment + 8 * DAY)


def _morning(at: datetime) -> datetime:
    return at.astimezone(LOCAL).replace(hour=9, minute=0, second=0, microsecond=0)
