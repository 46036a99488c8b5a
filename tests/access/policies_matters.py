"""Who may use which address of campaigns."""

from __future__ import annotations

from typing import Final

from tests.access.policy import CITY, COUNTY, Policy, page, verb
from tests.access.world import CHARGE, PERSONS, ROLES

# the campaign near is the county's, the one far that of another county; the village has counted, jin has promised
MATTERS: Final[dict[str, Policy]] = {
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
