"""What people say with each verb: `n` picks among the values a person could give."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from baixing.kernel.refusals import NotNow
from baixing.network.models import Unit
from baixing.orders import actions
from baixing.orders.models import CallBack, Order, Reason
from baixing.people.models import Person
from baixing.schedule.actions import Slot
from baixing.teams.models import Membership, Team
from tests.orders.machine.record import TERMINAL
from tests.orders.machine.stage import Stage
from tests.town import DAY, HOUR

Said = Mapping[str, object]
URGENCY = ("normal", "urgent", "planned")
FACES = ("good", "fair", "bad")
OUTCOMES = ("no_answer", "team_absent", "resident_absent", "served")


@dataclass(frozen=True)
class Scene:
    """Somebody is about to do something to an order."""

    stage: Stage
    order: Order
    who: Person
    at: datetime
    n: int

    def do(self, verb: str) -> None:
        deed: Callable[..., object] = getattr(actions, verb)
        thing = self._call() if verb in NOTES_ONLY else self.order
        deed(thing, **(SAID[verb](self) if verb in SAID else {}), by=self.who, at=self.at)

    def _call(self) -> CallBack:
        call = self.order.callbacks.filter(done_at=None).select_related("order").first()
        if call is None:
            raise NotNow
        return call

    @property
    def window(self) -> Slot:
        return Slot(self.at + DAY, self.at + 4 * DAY)

    @property
    def slot(self) -> Slot:
        """Within the resident's first window that is still to come; a day from now when there is none."""
        ahead = [w for w in self.order.windows.all() if w.end >= self.at + 3 * HOUR]
        start = max(ahead[0].start, self.at + HOUR) if ahead else self.at + DAY
        start += timedelta(hours=self.n % 2)
        return Slot(start, start + HOUR)

    @property
    def going(self) -> list[Person]:
        team = self.order.team
        members = Membership.objects.filter(team=team, state="member").select_related("person")
        leader = [team.leader] if team else []
        return leader if self.n % 3 == 2 else [*leader, *(member.person for member in members)]

    @property
    def came(self) -> list[Person]:
        visit = self.order.visit
        named = visit.attendances.select_related("person") if visit else ()
        return [one.person for one in named if one.person is not None]

    @property
    def equal(self) -> Order:
        """The newest order for the same that lives; any other when there is none."""
        others = Order.objects.exclude(pk=self.order.pk).order_by("-pk")
        live = others.filter(item=self.order.item).exclude(state__in=TERMINAL)
        return live.first() or others.first() or self.order

    @property
    def peer(self) -> Unit:
        """The other village."""
        same = Unit.objects.filter(tier=self.order.owner.tier).exclude(pk=self.order.owner_id)
        return same.order_by("pk").first() or self.order.owner

    @property
    def fresh_team(self) -> Team:
        """A team that was not asked before, when one is left."""
        asked = set(self.order.offers.values_list("team_id", flat=True))
        fresh = [team for team in self.stage.teams if team.pk not in asked] or [*self.stage.teams]
        return fresh[self.n % len(fresh)]

    @property
    def own_team(self) -> Team:
        own = [team for team in self.stage.teams if team.leader_id == self.who.pk]
        return (own or self.stage.teams)[0]

    @property
    def rating(self) -> Said:
        own = self.who.pk == self.order.resident_id
        said = {"face": FACES[self.n % 3], "solved": (True, None, False)[self.n % 3], "words": "谢谢"}
        return {**said, "proof": "" if own else ("spoken", "")[self.n % 2]}

    def reason(self, kind: str) -> Reason:
        reasons = Reason.objects.filter(kind=kind).order_by("pk")
        return reasons[self.n % len(reasons)]


SAID: dict[str, Callable[[Scene], Said]] = {
    "change": lambda one: {"words": "换个时间", "address": "3 号楼", "windows": (one.window,)},
    "ask": lambda one: {"question": ("在哪一户?", "几点在家?")[one.n % 2]},
    "supply": lambda one: {"answer": ("二单元", "下午")[one.n % 2]},
    "name_item": lambda one: {"item": one.stage.town.tap_repair},
    "admit": lambda one: {"urgency": URGENCY[one.n % 3]},
    "reject": lambda one: {"reason": one.reason("reject"), "words": "不归我们"},
    "merge": lambda one: {"into": one.equal},
    "transfer": lambda one: {"to": one.peer, "words": "归你们"},
    "pause": lambda one: {"reason": one.reason("pause"), "until": one.at + (1 + one.n * 4) * DAY, "words": "等零件"},
    "refuse": lambda one: {"words": ("不同意", "")[one.n % 2]},
    "give_up": lambda one: {"reason": one.reason("give_up"), "words": "请找物业"},
    "dispatch": lambda one: {"team": one.fresh_team},
    "claim": lambda one: {"team": one.own_team},
    "decline": lambda one: {"reason": one.reason("decline")},
    "appoint": lambda one: {"slot": one.slot, "volunteers": one.going},
    "suggest": lambda one: {"windows": (one.window,)},
    "hand_back": lambda one: {"reason": one.reason("hand_back"), "words": ""},
    "miss": lambda one: {"absent": ("team", "resident")[one.n % 2], "words": "没见到人"},
    "serve": lambda one: {"result": "换了垫圈", "came": one.came},
    "alarm": lambda one: {"words": ("有人摔倒", "")[one.n % 2]},
    "rate": lambda one: one.rating,
    "dispute": lambda one: {"words": ("还在滴水", "")[one.n % 2]},
    "redo": lambda one: {"words": ("", "再去一次")[one.n % 2]},
    "uphold": lambda one: {"words": ("已经修好", "")[one.n % 2]},
    "follow": lambda one: {"follower": one.stage.people[one.n + 3]},
    "close_call": lambda one: {"outcome": OUTCOMES[one.n % 4]},
}
NOTES_ONLY = frozenset({"close_call"})  # done to a task, and writes no line of its own on the order
DEEDS = frozenset(
    {*SAID, *"withdraw agree resume open accept recall reveal urge join".split()},
)


def wanted(stage: Stage, who: Person, at: datetime, n: int) -> actions.Wanted:
    """What somebody orders: for themselves when they live here, else for a resident, with proof."""
    resident = who if who in stage.residents else stage.residents[n % 2]
    return actions.Wanted(
        resident=resident,
        station=stage.village if n % 5 == 4 else stage.town.station,
        item=None if n % 4 == 3 else stage.town.tap_repair,
        words="想学剪纸" if n % 4 == 3 else "水龙头一直滴水",
        windows=(Slot(at + DAY, at + 4 * DAY),) if n % 2 else (),
        proof="" if resident == who else ("spoken", "paper", "")[n % 3],
    )
