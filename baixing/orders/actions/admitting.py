"""The owner takes an order on, asks, or says why not; a second unit co-signs."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from baixing.kernel.calendar import LOCAL
from baixing.kernel.refusals import NotNow, Unfit
from baixing.menu.models import ServiceItem
from baixing.menu.queries import offered_in
from baixing.network.models import Unit
from baixing.network.queries import staffed
from baixing.orders.actions import telling
from baixing.orders.actions.moving import NO_PROPOSAL, as_changed, go, next_above, wake
from baixing.orders.models import Follower, Order, Reason
from baixing.orders.rules import clocks
from baixing.orders.rules.guards import MOST_TRANSFERS
from baixing.people.models import Person

LONGEST_PAUSE = timedelta(days=30)
S, P = Order.State, Order.Proposal


@transaction.atomic
def ask(order: Order, *, question: str, by: Person, at: datetime) -> None:
    """Ask the resident; the total clock stands still until they answer."""
    if not question.strip():
        raise Unfit(_("Please write the question."), field="question")
    go("ask", order, {"asks": order.asks + 1, "still_since": at}, by=by, at=at, said=question)
    telling.asked(order, question, at)


@transaction.atomic
def name_item(order: Order, item: ServiceItem, *, by: Person, at: datetime) -> None:
    """A wish gets its item of the menu."""
    if not offered_in(order.station, at.astimezone(LOCAL).date()).filter(pk=item.pk).exists():
        raise NotNow(_("This service is not offered for that village at the moment."))
    go("name_item", order, {"item": item}, by=by, at=at, facts={"item": item.pk})


@transaction.atomic
def admit(order: Order, *, urgency: str, by: Person, at: datetime) -> None:
    """Take the order on. The promised day is told; the total clock goes on from placing."""
    promised = clocks.promise(as_changed(order, {"urgency": urgency}))
    go(
        "admit",
        order,
        {"urgency": urgency, "promised_at": promised, "admitted_at": at, "handled_by": by},
        by=by,
        at=at,
        facts={"urgency": urgency},
    )
    telling.resident(order, "order.admitted", at, when=telling.to_be_said(promised))


@transaction.atomic
def reject(order: Order, reason: Reason, *, words: str, by: Person, at: datetime) -> None:
    """Say no to a wish, with a reason and where to go instead.

    An item of the menu was promised to everybody: there the unit above has to co-sign.
    """
    facts = {"reason": reason.code}
    if order.is_wish:
        go("reject", order, {"reason": reason.code}, by=by, at=at, end=S.REJECTED, said=words, facts=facts)
        telling.rejected(order, reason, at)
        return
    proposal = _proposal(P.REJECT, _cosigner(order, at), order, by, at)
    go("reject", order, {"reason": reason.code, **proposal}, by=by, at=at, said=words, facts=facts)
    telling.unit(_cosigner(order, at), order, "owner.cosign", at)


@transaction.atomic
def pause(order: Order, reason: Reason, *, until: datetime, words: str, by: Person, at: datetime) -> None:
    """Propose to let it rest for a while; the unit above co-signs."""
    if not at < until <= at + LONGEST_PAUSE:
        raise Unfit(_("A pause ends within 30 days from now."), field="until")
    proposal = _proposal(P.PAUSE, _cosigner(order, at), order, by, at) | {"proposal_until": until}
    facts = {"reason": reason.code}
    go("pause", order, {"reason": reason.code, **proposal}, by=by, at=at, said=words, facts=facts)
    telling.unit(_cosigner(order, at), order, "owner.cosign", at)


@transaction.atomic
def transfer(order: Order, to: Unit, *, words: str, by: Person, at: datetime) -> None:
    """Ask another unit of the same tier to take it. The third time the unit above decides."""
    if to.pk == order.owner_id or to.tier != order.owner.tier:
        raise Unfit(_("Choose another unit of the same tier."), field="unit")
    _check_staffed(to, at)
    asked = to if order.transfers < MOST_TRANSFERS else _cosigner(order, at)
    proposal = _proposal(P.TRANSFER, asked, order, by, at) | {"proposal_unit": to}
    go("transfer", order, proposal, by=by, at=at, said=words, facts={"to": to.pk})
    telling.unit(asked, order, "owner.cosign", at)


@transaction.atomic
def agree(order: Order, *, by: Person, at: datetime) -> None:
    """The other unit co-signs what was proposed, and it happens."""
    kind, target = order.proposal, order.proposal_unit
    if kind == P.REJECT:
        go("agree", order, by=by, at=at, end=S.REJECTED, facts={"to": kind})
        telling.rejected(order, Reason.objects.filter(kind="reject", code=order.reason).first(), at)
    elif kind == P.PAUSE:
        until = order.proposal_until or at
        stop = {"paused_from": order.state, "still_since": at, "due_at": until}
        go("agree", order, {"pauses": 1, **stop}, by=by, at=at, end=S.PAUSED, facts={"to": kind})
        telling.resident(order, "order.paused", at, when=telling.to_be_said(until))
    elif kind == P.TRANSFER and target is not None:
        _check_staffed(target, at)
        moved = {**NO_PROPOSAL, "owner": target, "transfers": order.transfers + 1}
        go("agree", order, moved, by=by, at=at, facts={"to": target.pk})
        telling.owner(order, "owner.placed", at)
    else:
        raise NotNow(_("Nothing waits for a co-sign here."))


@transaction.atomic
def refuse(order: Order, *, words: str, by: Person, at: datetime) -> None:
    """The other unit does not co-sign: all stays as it was."""
    kind = order.proposal
    go("refuse", order, NO_PROPOSAL, by=by, at=at, said=words, facts={"of": kind})
    telling.owner(order, "owner.refused", at)


@transaction.atomic
def merge(order: Order, into: Order, *, by: Person, at: datetime) -> None:
    """Follow one order instead of two: the same item for the same person or the same place."""
    same = into.item_id == order.item_id and order.item_id is not None
    near = into.resident_id == order.resident_id or (
        into.station_id == order.station_id and into.address == order.address
    )
    if into.pk == order.pk or not into.is_live or not same or not near:
        words = _("Only a live order for the same service and the same person or place fits.")
        raise Unfit(words, field="into")
    go("merge", order, {"merged_into": into}, by=by, at=at, facts={"into": into.pk})
    if into.resident_id != order.resident_id:
        Follower.objects.get_or_create(
            order=into,
            person=order.resident,
            defaults={"kind": Follower.Kind.NEIGHBOUR, "at": at},
        )
    telling.resident(order, "order.merged", at)


@transaction.atomic
def resume(order: Order, *, by: Person | None, at: datetime) -> None:
    """Go on where it was paused; the total clock runs again."""
    go("resume", order, {"paused_from": "", **wake(order, at)}, by=by, at=at, end=order.paused_from or None)
    telling.resident(order, "order.resumed", at)


@transaction.atomic
def give_up(order: Order, reason: Reason, *, words: str, by: Person, at: datetime) -> None:
    """Say honestly that it cannot be met now, and what else there is."""
    if not words.strip():
        raise Unfit(_("Tell the resident what else they can do."), field="words")
    facts = {"reason": reason.code}
    go("give_up", order, {"reason": reason.code}, by=by, at=at, said=words, facts=facts)
    telling.resident(order, "order.unmet", at)


def _proposal(kind: Order.Proposal, to: Unit, order: Order, by: Person, at: datetime) -> dict[str, object]:
    due = clocks.span("cosign", order.urgency).after(at, to.hours_of())
    return {"proposal": kind, "proposal_by": by, "proposal_to": to, "proposal_due": due}


def _check_staffed(unit: Unit, at: datetime) -> None:
    if not staffed(unit, at):
        raise NotNow(_("Nobody works at that unit at the moment."))


def _cosigner(order: Order, at: datetime) -> Unit:
    """The unit above; at the top, the top itself, where another officer signs."""
    return next_above(order.owner, at) or order.owner
