"""Makes sessions and residents for `bench.rush` in a process of its own, and counts afterwards who has a seat."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from datetime import timedelta

from bench import town
from bench.prepare import NAMES


def main() -> None:
    town.set_up({name: os.environ[name] for name in NAMES if name in os.environ})
    said = [int(text) for text in sys.argv[2:]]
    print(json.dumps(make(*said) if sys.argv[1] == "make" else count(*said)))


def make(people: int, evenings: int, wide: int, rushes: int, seats: int) -> dict[str, object]:
    """Residents with browsers; sessions on days of their own, for nobody is in two places at once."""
    residents = town.residents(people)
    rooms = [wide] * evenings + [seats] * rushes
    made = [_evening(number, size) for number, size in enumerate(rooms)]
    return {
        "browsers": [one.session for one in residents],
        "people": [one.person for one in residents],
        "wide": made[:evenings],
        "narrow": made[evenings:],
    }


def count(session: int) -> dict[str, int]:
    from baixing.schedule.models import Signup

    return dict(Counter(Signup.objects.filter(session=session).values_list("state", flat=True)))


def _evening(number: int, seats: int) -> tuple[int, int]:
    from baixing.kernel.calendar import now
    from baixing.network.models import Post
    from baixing.schedule import actions
    from baixing.schedule.actions import Need, Planned
    from baixing.schedule.models import Role

    at = now()
    post = Post.objects.held(at).filter(kind="staff", unit__tier=1).select_related("unit", "person").earliest("pk")
    start = at + timedelta(days=2 + number)
    needs = (Need(Role.Side.RESIDENT, seats),)
    end = start + timedelta(hours=2)
    planned = Planned("activity", f"晚会 {number}", post.unit, start, end, needs=needs, facts={"public": True})
    session = actions.plan(planned, by=post.person, at=at)
    actions.open(session, by=post.person, at=at)
    return session.pk, session.roles.get().pk


if __name__ == "__main__":
    main()
