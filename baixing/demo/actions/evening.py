"""What is held today at the demo station: some have come, some are waited for, one has left."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from baixing.demo.actions.people import Company, neighbours
from baixing.demo.actions.teams import OURS
from baixing.people.models import Person
from baixing.schedule import actions
from baixing.schedule.actions import Need, Planned, Seat
from baixing.schedule.models import Attendance, Role, Session, Signup
from baixing.teams.models import Membership, Team

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
NEIGHBOURS, CAME, LEFT = 24, 15, 2
ROSTER = Attendance.Way.ROSTER


def evening(company: Company, dice: Random, at: datetime) -> Session:
    """It began about twenty minutes before the city was made, and lasts for three hours."""
    clerk, before = company["clerk"], at - 3 * DAY
    start = at - timedelta(minutes=20 + at.minute % 5, seconds=at.second, microseconds=at.microsecond)
    session = actions.plan(_planned(company, start), by=clerk, at=before)
    actions.open(session, by=clerk, at=before)
    made = _signed_up(session, company, dice, before)
    actions.hold(session, by=clerk, at=start)
    for number, signup in enumerate(made[:CAME]):
        actions.check_in(signup, way=ROSTER, by=clerk, at=start + (number - 8) * MINUTE)
    for signup in made[:LEFT]:
        actions.check_out(signup, way=ROSTER, by=clerk, at=start + 15 * MINUTE)
    residents = session.roles.get(side=Role.Side.RESIDENT)
    actions.walk_in(Seat(residents, guest="过路的赵大爷", headcount=2), by=clerk, at=start + 10 * MINUTE)
    return session


def _planned(company: Company, start: datetime) -> Planned:
    needs = (Need(Role.Side.RESIDENT, 80, least=10), Need(Role.Side.VOLUNTEER, 6, name="志愿者", least=2))
    facts = {"public": True, "place": "文化广场", "words": "唱红歌、看老电影，自带小板凳。"}
    end = start + 180 * MINUTE
    return Planned(Session.Kind.ACTIVITY, "百姓大舞台", company.station, start, end, needs=needs, facts=facts)


def _signed_up(session: Session, company: Company, dice: Random, at: datetime) -> list[Signup]:
    """Volunteers of our team first, then neighbours, a school, and the resident with her grandmother, who are late."""
    residents, volunteers = session.roles.get(side="resident"), session.roles.get(side="volunteer")
    people = neighbours(dice, 2000, [company.station] * NEIGHBOURS, [False] * NEIGHBOURS, at)
    seats = [Seat(volunteers, person) for person in _team()] + [Seat(residents, person) for person in people]
    seats += [Seat(residents, company["resident"]), Seat(residents, company.grandmother)]
    made = [actions.sign_up(seat, by=seat.person, at=at) for seat in seats[:-1]]
    made.append(actions.sign_up(seats[-1], by=company["resident"], at=at))
    made.append(actions.sign_up(Seat(residents, party="实验小学", headcount=35), by=company["clerk"], at=at))
    return made


def _team() -> list[Person]:
    team = Team.objects.get(name=OURS)
    members = Membership.objects.members().filter(team=team).exclude(person=team.leader).select_related("person")
    return [team.leader, *(one.person for one in members.order_by("pk")[:3])]
