"""The life of an activity."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from baixing.kernel.life import Life, Move
from baixing.kernel.refusals import NotAllowed
from baixing.network.models import Unit
from baixing.programme.models import Activity
from baixing.programme.rules.standing import Standing
from baixing.schedule.models import Session
from baixing.teams.models import Team

A, S = Activity.State, Session.State
MOST_PHOTOS: Final = 12


def check_host(one: Standing, unit: Unit, team: Team | None) -> None:
    led = team is not None and team.home_id == unit.pk and one.leads(team)
    if not (led or one.is_in_charge(unit)):
        raise NotAllowed(_("Only the head and the staff of the host, or the leader of a team of it, can plan this."))


def _puts_on(one: Standing, activity: Activity) -> bool:
    return one.puts_on(activity)


def _has_sessions(activity: Activity) -> str:
    live = activity.occasions.exclude(session__state=S.CALLED_OFF)
    return "" if live.exists() else _("Say first when and where: it has no session yet.")


def _nothing_to_come(activity: Activity) -> str:
    to_come = activity.occasions.filter(session__state__in=(S.DRAFT, S.OPEN))
    return _("Some of its sessions are still to come.") if to_come.exists() else ""


def _nothing_open(activity: Activity) -> str:
    running = activity.occasions.filter(session__state=S.OPEN)
    return _("People may have signed up: call off its open sessions first.") if running.exists() else ""


LIFE: Final[Life[Standing, Activity]] = Life(
    Move("change", {A.DRAFT, A.PUBLISHED}, None, _puts_on),
    Move("add_sessions", {A.DRAFT, A.PUBLISHED}, None, _puts_on),
    Move("publish", {A.DRAFT}, A.PUBLISHED, _puts_on, guard=_has_sessions),
    Move("tell_results", {A.PUBLISHED, A.CONCLUDED}, None, _puts_on),
    Move("conclude", {A.PUBLISHED}, A.CONCLUDED, _puts_on, guard=_nothing_to_come),
    Move("withdraw", {A.DRAFT, A.PUBLISHED}, A.WITHDRAWN, _puts_on, guard=_nothing_open),
)
