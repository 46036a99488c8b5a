"""One of each kind of thing that an address of campaigns names; and many of what its pages list."""

from __future__ import annotations

import secrets
from datetime import date

from baixing.network.models import Unit
from baixing.people.models import Person
from baixing.programme import actions
from baixing.programme.models import (
    Activity,
    Campaign,
    Contest,
    Juror,
    Organiser,
    Picture,
    Pledge,
    Remembrance,
    Tally,
    Tribute,
    Work,
)
from tests.access.held import copies
from tests.programme.matters import MARCH, asked_by_the_village, campaign, confirmed, remembrance, told
from tests.programme.works import CLOSES, contest, entered, judged
from tests.town import NINE, Town


def things(town: Town) -> dict[str, int | str]:
    """A campaign of the county that runs, in which the village has counted, and one that is a draft."""
    runs = campaign(town)
    confirmed(town, runs, month=MARCH)
    asked: dict[str, int | str] = {"organiser": asked_by_the_village(town).pk}
    lies = remembrance(town)
    left = actions.leave_tribute(lies, "pine", "永远记得你们", by=town.jin, at=NINE)
    read = actions.leave_tribute(lies, "lily", "山河无恙", by=town.wei, at=NINE)
    actions.show_words(read, by=town.zhou, at=NINE)
    asked |= {"remembrance": lies.pk, "tribute": left.pk, "draft_remembrance": remembrance(town, draft=True).pk}
    asked |= works(town)
    return asked | {"campaign": runs.pk, "draft_campaign": campaign(town, draft=True).pk, "tally": told(town, runs).pk}


def grow(town: Town, near: dict[str, int | str], by: int) -> None:
    """More campaigns and promises; more units that count, each with one that is confirmed and one that waits."""
    runs = Campaign.objects.get(pk=near["campaign"])
    Campaign.objects.bulk_create(copies(runs, by))
    Pledge.objects.bulk_create(
        Pledge(campaign=runs, kind="person", holder=secrets.token_hex(8), at=NINE) for _ in range(by)
    )
    units = Unit.objects.within(town.institute).tier(1).order_by("-pk")[:by]
    told_by = {"campaign": runs, "number": 2, "told_by": town.zhou, "told_at": NINE}
    decided = {"state": "confirmed", "decided_by": town.wu, "decided_at": NINE}
    Tally.objects.bulk_create(Tally(unit=unit, month=date(2026, 2, 1), **told_by, **decided) for unit in units)
    Tally.objects.bulk_create(Tally(unit=unit, month=date(2026, 3, 1), **told_by) for unit in units)
    lies = Remembrance.objects.get(pk=near["remembrance"])
    Remembrance.objects.bulk_create(copies(lies, by))
    for one in list(lies.tributes.filter(by__isnull=False)):
        Tribute.objects.bulk_create(nobodys(one, by))
    Contest.objects.bulk_create(copies(Contest.objects.get(pk=near["contest"]), by))
    for name in ("work", "judged_work"):
        Work.objects.bulk_create(copies(Work.objects.get(pk=near[name]), by))
    handed_in = Work.objects.filter(contest=int(near["handed_in"])).earliest("pk")
    Work.objects.bulk_create(copies(handed_in, by))
    pictures = copies(Picture.objects.get(pk=near["picture"]), by)
    for picture in pictures:
        picture.digest = secrets.token_hex(8)
    Picture.objects.bulk_create(pictures)
    Juror.objects.bulk_create(Juror(contest_id=near["contest"], person=one, at=NINE) for one in _persons(by))
    activities = Activity.objects.bulk_create(copies(Organiser.objects.get(pk=near["organiser"]).activity, by))
    Organiser.objects.bulk_create(Organiser(activity=one, unit=town.institute, kind="supporter") for one in activities)


def works(town: Town) -> dict[str, int | str]:
    """A contest that is open, with a work to be looked at; one that is with its jury, and one that all handed in."""
    runs = contest(town)
    work = entered(runs, town.jin, picture=True)
    (luo,) = judged(town)
    (done,) = judged(town)
    actions.mark(done.contest.works.get(), done, 8, by=town.luo, at=CLOSES)
    actions.hand_in(done, by=town.luo, at=CLOSES)
    return {
        "contest": runs.pk,
        "draft_contest": contest(town, draft=True).pk,
        "work": work.pk,
        "picture": work.pictures.get().pk,
        "judged": luo.contest_id,
        "judged_work": luo.contest.works.get().pk,
        "handed_in": done.contest_id,
    }


def nobodys(left: Tribute, by: int) -> list[Tribute]:
    """The same words from people who are forgotten since."""
    rows = copies(left, by)
    for row in rows:
        row.by = None
    return rows


def _persons(by: int) -> list[Person]:
    return Person.objects.bulk_create(Person(name="评委", made_at=NINE) for _ in range(by))
