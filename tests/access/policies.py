"""Who may use which address: of every one, for a thing near to the cast and for the same thing far away.

An address that is not named here fails the test. `GET` is tried on pages, `POST` with nothing but its key on verbs.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from baixing.orders.forms import FORMS
from tests.access.world import CHARGE, NOBODY, PERSONS, POSTED, ROLES, STAFF, Things

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


POLICIES: Final[dict[str, Policy]] = {
    # the look of the pages, the way in
    "look:service_worker": page(ROLES),
    "look:elder": verb(ROLES),
    "look:theme": verb(ROLES),
    "look:language": verb(ROLES),
    "look:privacy": page(ROLES),
    "look:offline": page(ROLES),
    "look:guide": page(ROLES),
    "look:guide_page": fixed(ROLES, page="front"),
    "people:sign_in": page(frozenset({NOBODY})),
    "people:code": page(NONE),  # each step of the way in leads back to its beginning
    "people:send_again": verb(NONE),
    "people:who": page(NONE),
    "people:name": page(NONE),
    "people:new": page(NONE),
    "people:consent": page(NONE),
    # the second step: whoever holds a post and has no factor yet is led to set one up
    "people:factor": step(POSTED),
    "people:factor_passkey": verb(NONE),  # what is no answer leads back
    "people:factor_recovery": page(POSTED),
    "people:factors": page(POSTED),
    "people:begin_app": verb(POSTED),
    "people:factor_app": step(POSTED),
    "people:add_passkey": page(POSTED),
    "people:recovery_codes": step(POSTED),
    "people:codes_kept": verb(POSTED),
    "people:remove_factor": verb(frozenset({"zhou"}), NONE, pk="factor"),
    "people:sign_out": Policy(ROLES, ROLES, post=True, leads=True),
    # one's own page
    "people:me": page(PERSONS),
    "people:rename": page(PERSONS),
    "people:birth": page(PERSONS),
    "people:number": page(PERSONS),
    "people:number_old": page(PERSONS),
    "people:number_send": verb(PERSONS),
    "people:number_code": step(PERSONS),
    "people:data": page(PERSONS),
    "people:data_json": page(PERSONS),
    "people:data_csv": page(PERSONS),
    "people:erase": page(PERSONS),
    "people:household": page(PERSONS),
    "people:sessions": page(PERSONS),
    "people:end_session": verb(frozenset({"jin"}), NONE, pk="sign_in"),
    "people:end_others": verb(PERSONS),
    "people:consents": page(PERSONS),
    "people:give_consent": fixed(PERSONS, post=True, kind="photo"),
    "people:withdraw_consent": fixed(PERSONS, post=True, kind="photo"),
    "people:family": page(PERSONS),
    "people:confirm_guardian": verb(frozenset({"jin"}), NONE, pk="guardianship"),
    "people:end_guardian": verb(frozenset({"jin"}), NONE, pk="guardianship"),
    "people:recover": page(CHARGE),
    # each leads to the first step, which lets in whoever has a desk
    "people:recover_who": step(PERSONS),
    "people:recover_number": step(PERSONS),
    "people:recover_code": step(PERSONS),
    "people:correct_birth": step(PERSONS),
    "people:reset_factor": verb(PERSONS),
    "notices:list": page(PERSONS),
    "notices:read_all": verb(PERSONS),
    "notices:read": verb(frozenset({"jin"}), NONE, pk="notice"),
    "notices:choices": page(PERSONS),
    "notices:keep_quiet": verb(PERSONS),
    "notices:subscribe": verb(PERSONS),
    "notices:unsubscribe": verb(frozenset({"jin"}), NONE, pk="subscription"),
    "notices:wechat": page(NONE),  # not there until a city has set WeChat up
    "notices:link_wechat": verb(NONE),
    "notices:choose": fixed(PERSONS, post=True, channel="email"),
    # the network
    "network:pick": page(PERSONS),
    "network:settle": page(PERSONS, pk="unit"),
    "network:units": page(ROLES),
    "network:edit": page(CHARGE, CITY, pk="unit"),
    "network:add": page(CHARGE, CITY, pk="unit"),
    "network:move": page(CHARGE - {"zhou"}, CITY, pk="unit"),
    "network:place": page(CHARGE, CITY, pk="unit"),
    "network:posts": page(POSTED, OVERSEE | {"editor"}, pk="unit"),
    "network:leave": page(CHARGE, CITY, pk="post"),
    "network:deputy": page(CHARGE, CITY, pk="post"),
    "network:stand_down": verb(CHARGE, CITY, pk="deputy"),
    # teams
    "teams:list": page(ROLES),
    "teams:mine": page(PERSONS),
    "teams:found": page(CHARGE),
    "teams:team": page(ROLES, pk="team"),
    "teams:edit": page(CHARGE | {"luo"}, CITY, pk="team"),
    "teams:duty": verb(frozenset({"luo"}), NONE, pk="team"),
    "teams:own_duty": verb(SERVERS),
    "teams:week_most": verb(SERVERS),
    "teams:hand_over": page(CHARGE | {"luo"}, CITY, pk="team"),
    "teams:close": verb(CHARGE, CITY, pk="team"),
    "teams:reopen": verb(CHARGE, CITY, pk="team"),
    "teams:apply": verb(PERSONS, pk="team"),
    "teams:members": page(CHARGE | {"luo", "min"}, CITY, pk="team"),
    "teams:licences": page(ROLES, pk="team"),
    "teams:ending": page(CHARGE),
    "teams:add_licence": verb(CHARGE, CITY, pk="team"),
    "teams:end_licence": verb(CHARGE, CITY, pk="licence"),
    "teams:admit": verb(LEADER, NONE, pk="membership"),
    "teams:refuse": verb(frozenset({"luo"}), NONE, pk="membership"),
    "teams:withdraw": verb(NONE, NONE, pk="membership"),
    "teams:leave": verb(frozenset({"min"}), NONE, pk="member"),
    "teams:remove": verb(frozenset({"luo"}), NONE, pk="member"),
    "schedule:calendar": page(CHARGE | {"luo", "min"}, CITY, pk="team"),
    "schedule:take_days_off": verb(CHARGE | {"luo"}, CITY, pk="team"),
    "schedule:drop_days_off": verb(CHARGE | {"luo"}, CITY, pk="days_off"),
    # venues and spaces: the one near is booked for luo's team, which is at home where the venue is
    "schedule:venues": page(ROLES),
    "schedule:venue": page(ROLES, pk="venue"),
    "schedule:venue_day": page(ROLES, pk="venue"),
    "schedule:venue_month": page(ROLES, pk="venue"),
    "schedule:add_venue": page(CHARGE, CITY, pk="unit"),
    "schedule:edit_venue": page(CHARGE, CITY, pk="venue"),
    "schedule:close_days": page(CHARGE, CITY, pk="venue"),
    "schedule:open_days": verb(CHARGE, CITY, pk="closure"),
    "schedule:add_space": page(CHARGE, CITY, pk="venue"),
    "schedule:edit_space": page(CHARGE, CITY, pk="space"),
    "schedule:book": page(PERSONS, pk="space"),
    "schedule:free_spaces": page(POSTED | LEADER),
    "schedule:bookings": page(PERSONS),
    "schedule:booking": page(CHARGE | LEADER, CITY, pk="booking"),
    "schedule:confirm_booking": verb(CHARGE, CITY, pk="booking"),
    "schedule:refuse_booking": verb(CHARGE, CITY, pk="booking"),
    "schedule:call_off_booking": verb(CHARGE, CITY, pk="booking"),
    "schedule:release_booking": verb(CHARGE | LEADER, CITY, pk="booking"),
    "schedule:release_rest": verb(CHARGE | LEADER, CITY, pk="booking"),
    # the menu
    "menu:browse": page(ROLES),
    "menu:edit_list": page(frozenset({"he", "gao", "editor"})),
    "menu:preview": verb(PERSONS),
    "menu:add": page(CITY | {"editor"}, pk="centre"),
    "menu:synonyms": page(CITY | {"editor"}, pk="centre"),
    "menu:change": page(CITY | {"editor"}, code="code"),
    "menu:retire": verb(CITY | {"editor"}, code="code"),
    "menu:keep_off": verb(CITY | {"editor"}, code="code"),
    "menu:bring_back": verb(CITY | {"editor"}, code="code"),
    # orders
    "orders:item": page(ROLES, code="code"),
    "orders:order_item": step(PERSONS, code="code"),
    "orders:wish": step(PERSONS),
    "orders:like": verb(PERSONS),
    "orders:track": page(ROLES),
    "orders:mine": page(PERSONS),
    "orders:on_behalf": page(STAFF),
    "orders:visits": page(PERSONS),
    "orders:print_visits": verb(PERSONS),
    "orders:visit_list": page(PERSONS),
    "orders:order": page(SEE_ORDER, OVERSEE, pk="order"),
    "orders:slip": page(STAFF | {"jin"}, CITY, pk="order"),
    "orders:calendar": page(SEE_ORDER, OVERSEE, pk="order"),
    "orders:journal": page(frozenset({"shen"}), frozenset({"shen"}), pk="order"),
    "orders:journal_sheet": step(frozenset({"shen"}), frozenset({"shen"}), pk="order"),
    "orders:join": verb(NONE, pk="order"),
    "orders:unfollow": verb(frozenset({"jin"}), NONE, pk="follower"),
    "orders:close_call": verb(OWNERS, NONE, pk="order"),
    **{f"orders:{name}": verb(WHO_DOES[name], NONE, pk="order") for name in FORMS},
    "orders:reasons": page(CITY),
    "orders:add_reason": fixed(CITY, kind="reject"),
    "orders:reason": page(CITY, pk="reason"),
    "orders:retire_reason": verb(CITY, pk="reason"),
    "orders:restore_reason": verb(CITY, pk="reason"),
    "orders:clocks": page(CITY),
    "orders:clock": fixed(CITY, step="placed"),
    # what the whole city shows
    "programme:edit_list": page(CITY | {"editor"}),
    "programme:theme": fixed(CITY | {"editor"}, year=2026, month=3),
    "programme:add_brand": page(CITY | {"editor"}),
    "programme:brand": fixed(CITY | {"editor"}, slug="lamp"),
    # lists that are brought in, and lists that leave
    "exchange:first": step(CHARGE | {"editor"}),
    "exchange:desk": page(CHARGE, CITY, pk="unit"),
    "exchange:upload": replace(page(CHARGE, CITY, pk="unit"), fixed={"kind": "people"}),
    "exchange:template": replace(page(CHARGE, CITY, pk="unit"), fixed={"kind": "people", "ending": "csv"}),
    "exchange:export": replace(page(CHARGE, CITY, pk="unit"), fixed={"kind": "teams", "ending": "csv"}),
    "exchange:show": page(CHARGE, CITY, pk="import"),
    "exchange:faults": page(frozenset({"zhou"}), NONE, pk="import"),
    "exchange:confirm": verb(frozenset({"zhou"}), NONE, pk="import"),
    "exchange:drop": verb(CHARGE, CITY, pk="import"),
    "exchange:undo": verb(CHARGE, CITY, pk="done_import"),
    # the desks
    "desks:front": page(ROLES),
    "desks:unit": page(ROLES, pk="unit"),
    "desks:morning": page(STAFF),
    "desks:calls": page(STAFF),
    "desks:print_calls": verb(STAFF),
    "desks:find": page(POSTED),
    "desks:board": page(STAFF),
    "desks:inbox": page(PERSONS),
    "desks:more": page(PERSONS),
}
