"""What an answer shows of the people of the world: full names, numbers, addresses, words, codes, days of birth."""

from __future__ import annotations

import json
import re
import zipfile
from io import BytesIO
from typing import Final

from django.http import HttpResponse

from tests.access.policy import CITY, LEADER, OVERSEE, RUN, SEE_ORDER
from tests.access.world import BORN, CAST, CHARGE, EXTRAS, PERSONS, POSTED, STAFF, Things

RESIDENT: Final = frozenset({"jin"})
IN_TEAM: Final = CHARGE | {"luo", "min"}
TOKEN: Final = re.compile(r"zq([a-z]+x[a-z]+)qz")
NUMBER: Final = re.compile(r"1280000(\d{4})")
ADDRESS: Final = re.compile(r"""(?:href|src|action|formaction|hx-get|hx-post)=["']([^"']*)["']""")
SPACES: Final = re.compile(r"[\s\u00a0\-‐-―·]|&nbsp;")
MARKUP: Final = re.compile(r"<[^>]*>")
NUMBERS: Final = {
    **{f"{number:04}": f"near{name}" for number, name in enumerate(CAST)},
    **{f"{number:04}": f"far{name}" for number, name in enumerate(CAST, 130)},
    **{f"{number:04}": f"near{name}" for number, name in enumerate(EXTRAS, 140)},
    **{f"{number:04}": f"far{name}" for number, name in enumerate(EXTRAS, 160)},
    "0120": "neareditor",
}

COPY: Final[dict[str, frozenset[str]]] = {
    **{f"phonexnear{role}": frozenset({role}) for role in PERSONS},
    **dict.fromkeys(("bornxnear", "homexnear", "placexnear", "trackxnear"), RESIDENT),
    "wordsxnear": RESIDENT | {"luo", "zhou"},  # the words of an order, and of a booking
}
BOOKED: Final[dict[str, frozenset[str]]] = {"wordsxnear": CHARGE | LEADER, "wordsxfar": CITY}
AT_THE_DOOR: Final[dict[str, frozenset[str]]] = {
    **dict.fromkeys(("namexnearjin", "namexnearmin"), RUN),
    **dict.fromkeys(("namexfarjin", "namexfarmin"), CITY),
}
# Which planted value stands on which page for whom, and why. Nothing else may stand anywhere, but one's own name.
SHOWN: Final[dict[str, dict[str, frozenset[str]]]] = {
    # whoever is in charge of a unit knows by name who works there: they are colleagues
    "network:posts": {
        **dict.fromkeys(("namexnearzhou", "namexnearshi", "namexneardeputy"), POSTED),
        **dict.fromkeys(("namexfarzhou", "namexfarshi", "namexfardeputy"), OVERSEE | {"editor"}),
    },
    "network:deputy": {"namexnearzhou": CHARGE, "namexfarzhou": CITY},
    "network:leave": {"namexnearzhou": CHARGE, "namexfarzhou": CITY},
    # who brought a list in, to colleagues above; the phones in it only to whoever brought them
    "exchange:desk": {"namexnearzhou": CHARGE - {"zhou"}, "namexfarzhou": CITY},
    "exchange:show": {"namexnearzhou": CHARGE - {"zhou"}, "namexfarzhou": CITY, "phonexanother": frozenset({"zhou"})},
    "exchange:faults": {"phonexanother": frozenset({"zhou"})},
    # one's own home, to be corrected and to be ordered to
    "network:settle": {"homexnear": RESIDENT},
    "orders:order_item": {"homexnear": RESIDENT},
    "orders:wish": {"homexnear": RESIDENT},
    # the code by which the resident follows the order without signing in; staff print it for them on paper
    "notices:list": {"trackxnear": RESIDENT, "wordsxnear": frozenset({"zhou"})},  # who asks for a space, and what for
    "orders:slip": {"trackxnear": STAFF | RESIDENT, "trackxfar": CITY},
    # what is wanted, for those who see to it; where and whom to ring only for the resident until it is revealed
    "orders:order": {
        "wordsxnear": SEE_ORDER,
        "wordsxfar": OVERSEE,
        "placexnear": RESIDENT,
        "phonexnearjin": RESIDENT,
        "namexnearmin": LEADER,  # a leader chooses who goes
        "namexnearchild": RESIDENT,  # of the family, whom the resident lets follow
    },
    # whoever runs a session knows by name who comes
    "schedule:people": {
        **dict.fromkeys(("namexnearjin", "namexnearguest"), CHARGE),
        **dict.fromkeys(("namexfarjin", "namexfarguest"), CITY),
    },
    "schedule:signup": {"namexnearjin": CHARGE, "namexfarjin": CITY},
    # a team knows its leader, its leader and those in charge know who is in it and who asks to be
    "teams:team": {"namexnearluo": IN_TEAM, "namexfarluo": CITY},
    "teams:members": {
        "namexnearluo": IN_TEAM,
        "namexnearmin": CHARGE | LEADER,
        "namexnearasks": CHARGE | LEADER,
        **dict.fromkeys(("namexfarluo", "namexfarmin", "namexfarasks"), CITY),
    },
    "teams:hand_over": {"namexnearmin": CHARGE | LEADER, "namexfarmin": CITY},
    # whoever runs it knows by name who comes, and may have the list on paper and on their device
    **{f"schedule:{page}": AT_THE_DOOR for page in ("roster", "board", "offline_list", "sheet", "sheet_paper")},
    # the copy of one's own data
    "people:data": COPY,
    "people:data_json": COPY,
    "people:data_csv": COPY,
    # what a space is asked for, for whoever answers and whoever asks; their name for whoever answers
    "schedule:booking": {"namexnearluo": CHARGE, "namexfarluo": CITY, **BOOKED},
    "schedule:bookings": BOOKED,
    "schedule:venue_day": BOOKED,
    "schedule:venue_month": BOOKED,
    "people:me": {"bornxnear": RESIDENT},
}


def too_much(name: str, found: dict[str, set[str]], *, post: bool) -> dict[str, list[str]]:
    """What an address showed otherwise than it should: the value to the roles. A verb: what its pages may."""
    if post:
        may = [
            (value, roles)
            for page, cells in SHOWN.items()
            if _app(page) == _app(name)
            for value, roles in cells.items()
        ]
        wrong = {
            value: found[value] - {role for one, roles in may if one == value for role in roles} for value in found
        }
    else:
        known = {value: set(roles) for value, roles in found.items()}
        cells = {value: _others(value, roles) for value, roles in SHOWN.get(name, {}).items()}
        wrong = {value: known.get(value, set()) ^ cells.get(value, set()) for value in known.keys() | cells.keys()}
    return {value: sorted(roles) for value, roles in wrong.items() if roles}


def _app(name: str) -> str:
    return name.partition(":")[0]


def _others(value: str, roles: frozenset[str]) -> set[str]:
    """One's own name may stand on every page, so it is looked for on none."""
    return {role for role in roles if value != f"namexnear{role}"}


def shown(answer: HttpResponse, near: Things, far: Things, role: str = "") -> set[str]:
    """The names of all planted values in the body and the headers, in whatever form they are written."""
    text = read(answer) + "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    squeezed = SPACES.sub("", text)
    bare = SPACES.sub("", MARKUP.sub("", text))
    found = {f"{token}" for token in TOKEN.findall(squeezed)}
    found |= {f"phonex{NUMBERS.get(tail, 'another')}" for tail in NUMBER.findall(squeezed) + NUMBER.findall(bare)}
    for where, things in (("near", near), ("far", far)):
        found |= {f"trackx{where}"} if str(things["track"]) in bare + squeezed else set()
        found |= {f"bornx{where}"} if re.search(rf"\b{BORN[where].year}\b", MARKUP.sub("", text)) else set()
    return found - {f"namexnear{role}"}


def read(answer: HttpResponse) -> str:
    """The text of an answer of any kind there is; a kind that nobody reads here is a mistake."""
    kind, body = answer.headers.get("Content-Type", "").split(";")[0], answer.content
    match kind:
        case "text/html" | "text/plain" | "text/csv" | "text/javascript" | "application/javascript" | "":
            return body.decode()
        case "text/calendar":
            return re.sub(r"\r?\n[ \t]", "", body.decode())
        case "application/pdf":
            return ""  # set in type; tests/hours/test_certificates.py looks at what is set
        case "image/jpeg":
            return body.decode("latin-1")
        case "application/json" | "application/vc" | "application/did+ld+json":
            return json.dumps(json.loads(body), ensure_ascii=False)
        case "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":
            with zipfile.ZipFile(BytesIO(body)) as book:
                return "".join(book.read(name).decode() for name in book.namelist())
    raise LookupError(kind)


def in_addresses(answer: HttpResponse) -> set[str]:
    """Planted values in links, in where forms go and in where the answer leads."""
    links = [*ADDRESS.findall(read(answer)), answer.headers.get("Location", ""), answer.headers.get("HX-Redirect", "")]
    return {link for link in links if not link.startswith("tel:") and (TOKEN.search(link) or NUMBER.search(link))}
