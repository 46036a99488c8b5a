"""Who may use which address of campaigns."""

from __future__ import annotations

from typing import Final

from tests.access.policy import CITY, COUNTY, Policy, page, verb
from tests.access.world import CHARGE, PERSONS, ROLES

# the campaign near is the county's, the one far that of another county; the village has counted, jin has promised
MATTERS: Final[dict[str, Policy]] = {
    "programme:take_part": verb(CHARGE - {"zhou"}, CITY, pk="organiser"),  # the township is asked by the village
    "programme:decline_part": verb(CHARGE - {"zhou"}, CITY, pk="organiser"),
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
    "programme:pledge": verb(PERSONS, pk="campaign"),
    "programme:withdraw_pledge": verb(PERSONS, pk="campaign"),
    "programme:tallies": page(CHARGE, CITY, pk="campaign"),
    "programme:tell_tally": verb(CHARGE, CITY, pk="campaign"),
    "programme:confirm_tally": verb(CHARGE - {"zhou"}, CITY, pk="tally"),
    "programme:return_tally": verb(CHARGE, CITY, pk="tally"),
}
