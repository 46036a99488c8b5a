"""Activities of the small town: songs on the square, put on by the village with its plumbers."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

from PIL import Image

from baixing.programme import actions
from baixing.programme.actions import Idea, Promise, Sitting
from baixing.programme.models import Activity, ActivityList
from baixing.schedule.actions import Need, check_in, report
from baixing.schedule.models import Role, Session
from tests.schedule.stage import come
from tests.town import DAY, HOUR, NINE, Town

EVENING = NINE + 3 * DAY + 10 * HOUR
LATER = EVENING + 3 * HOUR


def idea(**facts: Any) -> Idea:  # noqa: ANN401 - any columns of an activity
    return Idea({"title": "百姓大舞台", "words": "唱秦腔，拉二胡", **facts})


def sitting(town: Town, *days: int, seats: int = 30, **facts: Any) -> Sitting:  # noqa: ANN401
    times = [(EVENING + n * DAY, EVENING + n * DAY + 2 * HOUR) for n in days or (0,)]
    needs = [Need(Role.Side.RESIDENT, seats)] if seats else []
    return Sitting(town.station, times, needs, {"place": "文化广场", **facts})


def draft(town: Town, *days: int, **facts: Any) -> Activity:  # noqa: ANN401
    activity = actions.plan_activity(town.station, idea(**facts), team=town.plumbers, by=town.zhou, at=NINE)
    actions.add_sessions(activity, sitting(town, *days), by=town.zhou, at=NINE)
    return activity


def published(town: Town, *days: int, **facts: Any) -> Activity:  # noqa: ANN401
    activity = draft(town, *days, **facts)
    actions.publish(activity, by=town.zhou, at=NINE)
    return again(activity)


def a_list(town: Town, *rows: Activity, draft: bool = False, **facts: Any) -> ActivityList:  # noqa: ANN401
    """Of the village: ten sessions in March."""
    days = {"first": date(2026, 3, 1), "last": date(2026, 3, 31), "target": 10, **facts}
    made = actions.add_list(town.station, Promise(**days, facts={"title": "百场活动清单"}), by=town.zhou, at=NINE)
    for activity in rows:
        actions.enter(made, activity, by=town.zhou, at=NINE)
    if not draft:
        actions.publish_list(made, by=town.zhou, at=NINE)
    return made


def activity_in(town: Town, state: str) -> Activity:
    """One that really lived its way there."""
    activity = draft(town)
    if state != "draft":
        actions.publish(activity, by=town.zhou, at=NINE)
    if state == "concluded":
        held(town, activity)
        actions.conclude(activity, by=town.zhou, at=LATER)
    if state == "withdrawn":
        activity = again(draft(town))
        actions.withdraw(activity, by=town.zhou, at=NINE)
    return again(activity)


def held(town: Town, activity: Activity) -> Session:
    """Its first session, and jin was there."""
    session = sessions(activity)[0]
    signup = come(session, town.jin)
    check_in(signup, way="roster", by=town.zhou, at=session.start)
    report(session, by=town.zhou, at=session.end)
    return session


def sessions(activity: Activity) -> list[Session]:
    found = Session.objects.filter(occasion__activity=activity).select_related("unit", "team")
    return list(found.order_by("start"))


def again(activity: Activity) -> Activity:
    return Activity.objects.select_related("unit", "team").get(pk=activity.pk)


def things(town: Town) -> dict[str, int]:
    """An activity of a tour that everybody reads of, with its photo, one that is a draft, and two lists."""
    tour = actions.add_series(town.station, {"title": "乡音宣讲", "kind": "tour"}, by=town.zhou, at=NINE)
    shown = published(town, results="来了三十人", series=tour, platform=town.tap_repair.platform)
    picture = actions.add_photo(shown, photo(), "广场上的戏台", agreed=True, by=town.zhou, at=NINE)
    return {
        "activity": shown.pk,
        "draft_activity": draft(town).pk,
        "photo": picture.pk,
        "series": tour.pk,
        "activity_list": a_list(town, shown).pk,
        "draft_list": a_list(town, shown, draft=True).pk,
    }


def photo(size: tuple[int, int] = (640, 480), kind: str = "JPEG", **more: Any) -> bytes:  # noqa: ANN401
    out = BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **more)
    return out.getvalue()
