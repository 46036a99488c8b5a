"""The lives of a claim, a certificate, a correction and a transfer: one row a move."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.utils.translation import gettext as _

from baixing.hours.models import Certificate, Correction, Flag, HoursClaim, Note, Transfer
from baixing.hours.rules.standing import Standing
from baixing.kernel.life import Life, Move
from baixing.network.models import Unit

C, D = HoursClaim.State, Certificate.State
ON_SHOW: Final = timedelta(days=7)  # 志愿服务记录与证明出具办法: seven days at least


def unit_of(correction: Correction) -> Unit | None:
    session = correction.entry.session
    return session.unit if session is not None else None


def _nothing_open(claim: HoursClaim) -> str:
    if Flag.objects.on_claim(claim).open().exists():
        return _("Something about these hours is still to be looked at. Settle it first, in words.")
    return ""


def _no_objection(certificate: Certificate) -> str:
    if certificate.flags.open().exists():
        return _("Somebody objects to it. Answer them first.")
    return ""


def _refuses(one: Standing, claim: HoursClaim) -> bool:
    return one.checks(claim) or one.credits(claim)


def _publicises(one: Standing, certificate: Certificate) -> bool:
    return one.oversees_hours(certificate.unit, certificate.volunteer)


def _issues(one: Standing, certificate: Certificate) -> bool:
    return _publicises(one, certificate) and not one.is_one_with(certificate.publicised_by)


def _nobody(_one: Standing, _certificate: Certificate) -> bool:
    return False


def _agrees(one: Standing, correction: Correction) -> bool:
    """Over the session it is in charge of; a correction of what was late, or of its own kind, needs nobody else."""
    unit = unit_of(correction)
    return (
        unit is not None
        and one.oversees_hours(unit, correction.entry.volunteer)
        and not one.is_one_with(correction.asked_by)
        and (one.is_above(unit) if correction.entry.late else True)
        and not _has_told(one, correction)
    )


def _has_told(one: Standing, correction: Correction) -> bool:
    claim = correction.entry.claim
    return claim is not None and one.has_read(claim)


def _drops(one: Standing, correction: Correction) -> bool:
    unit = unit_of(correction)
    return unit is not None and one.oversees_hours(unit, correction.entry.volunteer)


def keeps_transfers(one: Standing) -> bool:
    """Whoever is in charge at the top of the tree."""
    return any(office.parent_id is None for office in one.offices)


def _takes_out(one: Standing, note: Note) -> bool:
    """Whoever wrote it, and those in charge of the unit that answers for it; never the volunteer."""
    writes = one.person.pk == note.by_id or one.is_in_charge(note.unit)
    return writes and not one.is_volunteer(note.volunteer)


def _keeps(one: Standing, transfer: Transfer) -> bool:
    return keeps_transfers(one) and not one.is_volunteer(transfer.volunteer)


def _keeps_too(one: Standing, transfer: Transfer) -> bool:
    return _keeps(one, transfer) and not one.is_one_with(transfer.asked_by)


CLAIM: Final[Life[Standing, HoursClaim]] = Life(
    Move("review", {C.COMPUTED}, C.REVIEWED, who=Standing.checks),
    Move("credit", {C.REVIEWED}, C.CREDITED, who=Standing.credits, guard=_nothing_open),
    Move("refuse", {C.COMPUTED, C.REVIEWED}, C.REFUSED, who=_refuses, by_clock=True),
)
CERTIFICATE: Final[Life[Standing, Certificate]] = Life(
    Move("publicise", {D.DRAFTED}, D.PUBLICISED, who=_publicises),
    Move("issue", {D.PUBLICISED}, D.ISSUED, who=_issues, guard=_no_objection),
    Move("refuse", {D.DRAFTED, D.PUBLICISED}, D.REFUSED, who=_publicises),
    Move("revoke", {D.ISSUED}, D.REVOKED, who=_publicises),
    Move("correct", {D.ISSUED}, D.ISSUED, who=_nobody, by_clock=True),  # a line that it was written from was put right
    Move(
        "forget", {D.DRAFTED, D.PUBLICISED}, D.REFUSED, who=_nobody, by_clock=True
    ),  # the volunteer deletes the account
)
CORRECTION: Final[Life[Standing, Correction]] = Life(
    Move("agree", {Correction.State.ASKED}, Correction.State.DONE, who=_agrees),
    Move("drop", {Correction.State.ASKED}, Correction.State.DROPPED, who=_drops),
)
TRANSFER: Final[Life[Standing, Transfer]] = Life(
    Move("agree", {Transfer.State.ASKED}, Transfer.State.DONE, who=_keeps_too),
    Move("drop", {Transfer.State.ASKED}, Transfer.State.DROPPED, who=_keeps),
)
NOTE: Final[Life[Standing, Note]] = Life(
    Move("withdraw_note", {Note.State.KEPT}, Note.State.WITHDRAWN, who=_takes_out),
)
