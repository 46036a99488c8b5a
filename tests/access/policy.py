"""How it is said who may use an address.

An address that is not named here fails the test. `GET` is tried on pages, `POST` with nothing but its key on verbs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from tests.access.world import CHARGE, STAFF, Things

Roles = frozenset[str]
NONE: Final[Roles] = frozenset()
CITY: Final = frozenset({"gao"})
# whoever sees an order near: its resident, its team, the officers and the auditor over it
SEE_ORDER: Final = STAFF | {"jin", "luo", "min", "shen"}
OVERSEE: Final = frozenset({"gao", "shen"})
OWNERS: Final = frozenset({"zhou", "shi"})  # the officers of the unit that owns the order
FOR_RESIDENT: Final = OWNERS | {"jin"}
SERVERS: Final = frozenset({"luo", "min"})
LEADER: Final = frozenset({"luo"})
VOLUNTEERS: Final = frozenset({"jin", "min"})  # who have a number
COUNTY: Final = frozenset({"he", "gao"})
RUN: Final = CHARGE | LEADER  # what the station and the plumbers hold
# the order was dispatched by shi, is accepted by luo's team and waits for nobody's co-sign
WHO_DOES: Final[dict[str, Roles]] = {
    **dict.fromkeys(("change", "supply", "withdraw", "rate", "dispute", "urge", "suggest", "follow"), FOR_RESIDENT),
    **dict.fromkeys(("ask", "name_item", "admit", "reject", "merge", "transfer", "pause", "resume", "give_up"), OWNERS),
    **dict.fromkeys(("dispatch", "open", "recall"), OWNERS),
    **dict.fromkeys(("claim", "accept", "decline", "appoint", "hand_back", "serve"), LEADER),
    **dict.fromkeys(("redo", "uphold"), frozenset({"zhou"})),
    **dict.fromkeys(("agree", "refuse"), NONE),
    "alarm": SERVERS,
    "miss": FOR_RESIDENT | SERVERS,
    "reveal": OWNERS | SERVERS,
}


@dataclass(frozen=True)
class Policy:
    """Who gets in near and far, and which thing the address names: the name of the argument to the kind of thing."""

    near: Roles
    far: Roles
    names: dict[str, str] = field(default_factory=dict)
    fixed: dict[str, int | str] = field(default_factory=dict)
    post: bool = False
    leads: bool = False  # being led to another page of ours counts as getting in

    def arguments(self, things: Things) -> dict[str, int | str]:
        return {**self.fixed, **{name: things[kind] for name, kind in self.names.items()}}


def page(who: Roles, far: Roles | None = None, /, **names: str) -> Policy:
    return Policy(who, who if far is None else far, names)


def verb(who: Roles, far: Roles | None = None, /, **names: str) -> Policy:
    return Policy(who, who if far is None else far, names, post=True)


def step(who: Roles, far: Roles | None = None, /, **names: str) -> Policy:
    """A page that leads whoever may use it to its first step."""
    return Policy(who, who if far is None else far, names, leads=True)


def fixed(who: Roles, *, post: bool = False, **arguments: int | str) -> Policy:
    return Policy(who, who, fixed=arguments, post=post)
