"""The lives of contests and of works; and which works a juror does not judge."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from baixing.kernel.life import Life, Move
from baixing.people.rules import shares_phone
from baixing.programme.models import Contest, Juror, Work
from baixing.programme.rules.standing import Standing

C, W = Contest.State, Work.State
MOST_WORKS: Final = 3  # of one person in one contest
MOST_PICTURES: Final = 6


def _keeps(one: Standing, contest: Contest) -> bool:
    return one.is_in_charge(contest.unit)


def _has_categories(contest: Contest) -> str:
    return "" if contest.categories.exists() else _("Name the first category before everybody reads it.")


def _can_be_judged(contest: Contest) -> str:
    if contest.kind == Contest.Kind.SHOWCASE:
        return _("A showcase has no jury.")
    if contest.works.filter(state__in=(W.ENTERED, W.AWAITING_GUARDIAN)).exists():
        return _("Some works have not been looked at yet.")
    if not contest.works.filter(state=W.ADMITTED).exists():
        return _("There is no work to judge.")
    return "" if contest.jurors.exists() else _("Name the jury first.")


def _all_handed_in(contest: Contest) -> str:
    waiting = contest.jurors.filter(handed_in_at=None).exists()
    return _("Not every juror has handed in yet.") if waiting else ""


def _is_showcase(contest: Contest) -> str:
    return "" if contest.kind == Contest.Kind.SHOWCASE else _("The jury looks at a contest first.")


def _reads(one: Standing, work: Work) -> bool:
    """Whoever keeps the contest; of what they entered themselves somebody else decides."""
    return work.by_id != one.person.pk and one.is_in_charge(work.contest.unit)


def _entered(one: Standing, work: Work) -> bool:
    return work.by_id == one.person.pk or work.by_id in one.wards


def _guards(one: Standing, work: Work) -> bool:
    return work.by_id in one.wards


def _runs(work: Work) -> str:
    return _("The result of this contest is published.") if work.contest.state == C.ANNOUNCED else ""


def _is_not_judged(work: Work) -> str:
    if work.contest.state == C.CALLED_OFF:
        return _("This contest is called off.")
    return "" if work.contest.state == C.OPEN else _("The jury has these works already.")


CONTEST_LIFE: Final[Life[Standing, Contest]] = Life(
    Move("change_contest", {C.DRAFT, C.OPEN}, None, _keeps),
    Move("publish_contest", {C.DRAFT}, C.OPEN, _keeps, guard=_has_categories),
    Move("name_juror", {C.DRAFT, C.OPEN}, None, _keeps),
    Move("drop_juror", {C.DRAFT, C.OPEN, C.JUDGING}, None, _keeps),
    Move("begin_judging", {C.OPEN}, C.JUDGING, _keeps, guard=_can_be_judged),
    Move("announce", {C.JUDGING}, C.ANNOUNCED, _keeps, guard=_all_handed_in),
    Move("close_showcase", {C.OPEN}, C.ANNOUNCED, _keeps, guard=_is_showcase),
    Move("call_off_contest", {C.OPEN, C.JUDGING}, C.CALLED_OFF, _keeps),
)

WORK_LIFE: Final[Life[Standing, Work]] = Life(
    Move("agree_work", {W.AWAITING_GUARDIAN}, W.ENTERED, _guards, guard=_is_not_judged),
    Move("add_picture", {W.AWAITING_GUARDIAN, W.ENTERED}, None, _entered, guard=_is_not_judged),
    Move("admit_work", {W.ENTERED, W.REFUSED}, W.ADMITTED, _reads, guard=_is_not_judged),
    Move("refuse_work", {W.ENTERED, W.ADMITTED}, W.REFUSED, _reads, guard=_is_not_judged),
    Move("withdraw_work", {W.AWAITING_GUARDIAN, W.ENTERED, W.ADMITTED}, W.WITHDRAWN, _entered, guard=_runs),
)


def is_partial(one: Standing, work: Work) -> bool:
    """Nobody judges what is their own, their child's, their household's, their team's or their unit's."""
    if _entered(one, work) or work.guardian_id == one.person.pk:
        return True
    if work.by is not None and shares_phone(one.person, work.by):
        return True
    if work.team is not None and one.serves_in(work.team):
        return True
    return any(office.pk == work.unit_id for office in one.offices)


def judges(one: Standing, juror: Juror | None) -> bool:
    """A juror of a contest that is with its jury, who has not handed in."""
    return juror is not None and juror.person_id == one.person.pk and juror.handed_in_at is None
