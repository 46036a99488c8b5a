"""Who may use which address of campaigns, contests and pages of remembrance."""

from __future__ import annotations

from typing import Final

from tests.access.policy import CITY, COUNTY, LEADER, NONE, Policy, page, verb
from tests.access.world import CHARGE, PERSONS, ROLES

# the campaign near is the county's, the one far that of another county; the village has counted, jin has promised
MATTERS: Final[dict[str, Policy]] = {
    "programme:take_part": verb(CHARGE - {"zhou"}, CITY, pk="organiser"),  # the township is asked by the village
    "programme:decline_part": verb(CHARGE - {"zhou"}, CITY, pk="organiser"),
    # the village's contest is open and jin's work in it is to be looked at; luo judges another one
    "programme:contests": page(ROLES),
    "programme:add_contest": page(CHARGE),
    "programme:contest": page(ROLES, pk="contest"),
    "programme:change_contest": page(CHARGE, CITY, pk="draft_contest"),
    "programme:publish_contest": verb(CHARGE, CITY, pk="draft_contest"),
    "programme:close_showcase": verb(CHARGE, CITY, pk="contest"),
    "programme:call_off_contest": verb(CHARGE, CITY, pk="contest"),
    "programme:enter_work": page(PERSONS, pk="contest"),
    "programme:works": page(CHARGE, CITY, pk="contest"),
    "programme:jury": page(CHARGE, CITY, pk="contest"),
    "programme:drop_juror": verb(CHARGE | LEADER, CITY, pk="judged"),
    "programme:begin_judging": verb(CHARGE, CITY, pk="contest"),
    "programme:judge": page(LEADER, NONE, pk="judged"),
    "programme:hand_in": verb(LEADER, NONE, pk="judged"),
    "programme:announce": page(CHARGE, CITY, pk="handed_in"),
    "programme:work": page(CHARGE | {"jin"}, CITY, pk="work"),
    "programme:agree_work": verb(NONE, pk="work"),
    "programme:withdraw_work": verb(frozenset({"jin"}), NONE, pk="work"),
    "programme:admit_work": verb(CHARGE, CITY, pk="work"),
    "programme:refuse_work": verb(CHARGE, CITY, pk="work"),
    "programme:mark": verb(LEADER, NONE, pk="judged_work"),
    "programme:add_picture": verb(frozenset({"jin"}), NONE, pk="work"),
    "programme:picture": page(CHARGE | {"jin"}, CITY, pk="picture"),
    # the page of remembrance is the village's; jin has left words there
    "programme:remembrances": page(ROLES),
    "programme:add_remembrance": page(CHARGE),
    "programme:remembrance": page(ROLES, pk="remembrance"),
    "programme:change_remembrance": page(CHARGE, CITY, pk="remembrance"),
    "programme:publish_remembrance": verb(CHARGE, CITY, pk="draft_remembrance"),
    "programme:close_remembrance": verb(CHARGE, CITY, pk="remembrance"),
    "programme:leave_tribute": verb(PERSONS, pk="remembrance"),
    "programme:withdraw_tribute": verb(PERSONS, pk="remembrance"),
    "programme:words": page(CHARGE, CITY, pk="remembrance"),
    "programme:show_words": verb(CHARGE, CITY, pk="tribute"),
    "programme:keep_back": verb(CHARGE, CITY, pk="tribute"),
    "programme:campaigns": page(ROLES),
    "programme:add_campaign": page(CHARGE),
    "programme:campaign": page(ROLES, pk="campaign"),
    "programme:change_campaign": page(COUNTY, CITY, pk="campaign"),
    "programme:publish_campaign": verb(COUNTY, CITY, pk="draft_campaign"),
    "programme:close_campaign": verb(COUNTY, CITY, pk="campaign"),
    "programme:call_off_campaign": verb(COUNTY, CITY, pk="campaign"),
    "programme:pledge": verb(PERSONS, pk="campaign"),
    "programme:withdraw_pledge": verb(PERSONS, pk="campaign"),
    "programme:tallies": page(CHARGE, CITY, pk="campaign"),
    "programme:tell_tally": verb(CHARGE, CITY, pk="campaign"),
    "programme:confirm_tally": verb(CHARGE - {"zhou"}, CITY, pk="tally"),
    "programme:return_tally": verb(CHARGE, CITY, pk="tally"),
}
