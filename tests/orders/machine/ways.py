"""Known ways through the life of an order, so that its depths are not left to luck.

Words are verbs, done by somebody who may; "verb/2" picks other values, "verb!" must be refused.
Besides: `wait` for the visit or the due time, `tick`, `silence` (both), `hour`, `day`, `leave` (all of its unit),
`desert` (all of the one that it shall go to), `other` (another like it is placed, and gone on with), `wish`.
"""

from __future__ import annotations

from datetime import timedelta

from baixing.network.models import Unit
from baixing.orders.models import Order
from tests.orders.machine.play import Play

PLACED = "admit dispatch accept"
SET = f"{PLACED} appoint"
SERVED = f"{SET} wait serve"
WAYS: dict[str, tuple[str, ...]] = {
    "placed": (
        "",
        "change",
        "urge urge! silence urge urge!",
        "transfer agree transfer admit! agree transfer agree transfer!",
        "transfer agree transfer agree transfer desert agree!",
    ),
    "asked": ("ask", "ask supply ask follow", "ask leave", "ask admit!"),
    "pending": (
        "admit",
        "wish admit! name_item name_item! admit",
        "ask supply ask supply ask! admit/1 urge",
        "reject refuse admit/2",
        "reject silence admit",
        "transfer agree admit transfer refuse",
        "admit pause agree resume pause!",
        "admit transfer leave agree!",
        "admit pause agree silence",
        "admit pause silence",
        "admit dispatch recall dispatch decline dispatch decline dispatch decline dispatch decline",
        "admit dispatch silence dispatch silence",
        f"{SET} wait miss open claim hand_back",
        f"{SET} hour reveal/2 hand_back open",
    ),
    "offered": ("admit dispatch", "admit open dispatch join follow", "admit dispatch leave"),
    "accepted": (
        PLACED,
        "admit open open! claim claim!",
        f"{PLACED} suggest suggest suggest suggest! alarm reveal/2",
        f"{SET} wait wait tick close_call close_call/2",
        f"{PLACED} pause agree reveal silence reveal/3",
    ),
    "appointed": (
        SET,
        f"{SET} appoint wait miss/1 suggest appoint wait miss/1 appoint wait miss/1!",
        f"{SET} appoint/1 reveal urge",
        f"{SET} pause agree resume",
        f"{SET} pause/2 agree silence silence",
        f"{SET} wait silence silence silence",
        f"{SET} wait wait tick close_call/3 silence silence silence",
        f"{SET} other admit dispatch recall dispatch accept appoint",
        f"{SET} leave",
        f"{SET} other admit dispatch accept appoint! appoint/1 appoint!",
    ),
    "served": (SERVED, f"{SERVED} urge! reveal/2 day reveal/2 hour reveal/2! reveal!", f"{SERVED} follow"),
    "disputed": (f"{SERVED} dispute", f"{SERVED} rate/2 silence silence silence", f"{SERVED} rate/2 reveal/1"),
    "paused": (
        "admit pause agree",
        f"{PLACED} pause agree urge!",
        f"{SET} pause agree appoint!",
    ),
    "closed": (
        f"{SERVED} rate rate! urge!",
        f"{SERVED} rate/1 reveal/2 day hour reveal/2!",
        f"{SERVED} silence",
        f"{SERVED} rate/2 uphold redo!",
        f"{SERVED} rate/2 redo rate! dispatch accept day day reveal reveal/1 appoint wait serve rate",
        f"{SERVED} dispute redo dispatch accept appoint wait serve rate/2 uphold",
    ),
    "withdrawn": ("withdraw urge!", "ask silence supply!", f"{SET} withdraw", "admit dispatch withdraw accept!"),
    "rejected": ("reject admit! agree admit!", "wish reject"),
    "merged": ("other merge admit!", "admit other merge"),
    "unmet": ("admit silence give_up! silence give_up", "admit leave silence give_up"),
}
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Walk:
    """Goes a way with a play, one word after another."""

    def __init__(self, play: Play, order: Order | None = None, *, strict: bool = True, tempted: bool = False) -> None:
        self.play, self.order, self.strict, self.tempted = play, order, strict, tempted

    def go(self, way: str) -> None:
        words = way.split()
        first = 3 if "wish" in words else 0
        if self.order is None:
            self.order = self.play.place(self.play.stage.residents[0], first)
        for word in words:
            if self.order is not None:
                self._step(word, self.order)

    def _step(self, word: str, order: Order) -> None:
        match word:
            case "wish":
                return
            case "wait":
                self.play.wait_for(order)
            case "tick":
                self.play.tick()
            case "silence":
                self.play.wait_for(order)
                self.play.tick()
            case "hour":
                self.play.wait(HOUR)
            case "day":
                self.play.wait(DAY)
            case "leave":
                self.play.leave(Unit.objects.get(orders_owned=order))
            case "desert":
                self.play.leave(Order.objects.get(pk=order.pk).proposal_unit)
            case "other":
                self.order = self.play.place(self.play.stage.residents[0], 0)
            case _:
                self._deed(word, order)

    def _deed(self, word: str, order: Order) -> None:
        verb, _, n = word.rstrip("!").partition("/")
        if self.tempted:
            self._tempt(verb, order)
        who = self.play.fit(verb, order, int(n or 0), pick=int(n or 0) if verb == "reveal" else 0)
        refusal = self.play.do(verb, order, who, int(n or 0)) if who else None
        happened = who is not None and refusal is None
        assert not self.strict or happened != word.endswith("!"), f"{word} by {who}: {refusal!r}"

    def _tempt(self, verb: str, order: Order) -> None:
        """Somebody who may tries it from a page of yesterday; the auditor and a stranger try it, too."""
        if who := self.play.fit(verb, order):
            self.play.do(verb, order, who, stale=True)
        for name in ("shen", "wei"):
            if verb not in {"join", "claim"}:
                self.play.do(verb, order, self.play.stage.named(name))
