"""The life of a membership: who admits whom, and who may go."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.utils.translation import gettext as _

from baixing.kernel.life import Life, Move
from baixing.teams.models import Membership
from baixing.teams.rules.standing import Standing

State = Membership.State

ANSWER_WITHIN: Final = timedelta(days=3)  # then the unit may answer in the leader's place


def _is_their_own(one: Standing, membership: Membership) -> bool:
    return membership.person_id == one.person.pk


def _answers(one: Standing, membership: Membership) -> bool:
    """The leader; while the leader is away, whoever is in charge where the team is at home."""
    if one.leads(membership.team):
        return True
    waited = one.at - membership.at >= ANSWER_WITHIN
    return (waited or _leaderless(membership)) and one.oversees(membership.team)


def _removes(one: Standing, membership: Membership) -> bool:
    return one.leads(membership.team) or (_leaderless(membership) and one.oversees(membership.team))


def _leaderless(membership: Membership) -> bool:
    """The leader's account is closed, and nobody has taken over yet."""
    return not membership.team.leader.is_active


def _team_is_open(membership: Membership) -> str:
    return "" if membership.team.active else _("This team is closed. It takes nobody on.")


def _is_not_led_by_them(membership: Membership) -> str:
    if membership.team.leader_id != membership.person_id:
        return ""
    return _("The leader cannot go. Hand over the lead first.")


LIFE: Final[Life[Standing, Membership]] = Life(
    Move("admit", {State.APPLIED}, State.MEMBER, who=_answers, guard=_team_is_open),
    Move("refuse", {State.APPLIED}, State.REFUSED, who=_answers),
    Move("withdraw", {State.APPLIED}, State.LEFT, who=_is_their_own),
    Move("leave", {State.MEMBER}, State.LEFT, who=_is_their_own, guard=_is_not_led_by_them),
    Move("remove", {State.MEMBER}, State.LEFT, who=_removes, guard=_is_not_led_by_them),
)


def check_place(verb: str, one: Standing, place: Membership) -> None:
    """Refuse whoever may not use this verb on this membership, before they say why."""
    if refusal := LIFE.refusal(verb, one, place):
        raise refusal
