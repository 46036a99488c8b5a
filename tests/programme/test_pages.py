"""An activity through its pages: planned, given its days, published, told of."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from baixing.programme.models import Activity, Organiser
from baixing.programme.queries.naming import name_of_unit
from tests.programme.stage import again, photo, published, sessions
from tests.town import NINE, Town
from tests.web import Web

WHEN = {"first": "2026-03-10", "starts": "19:00", "ends": "21:00", "repeat": "weekly", "until": "2026-03-31"}


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def test_the_village_plans_an_activity_gives_it_days_and_publishes_it(town: Town) -> None:
    web = Web(town.zhou)
    said = {"title": "百姓大舞台", "unit": town.station.pk, "supporters": "河湾镇\n铜城水电队", "platform": ""}
    refused = web.post("/activities/plan/", **said)
    said["supporters"] = "河湾镇"
    planned = web.post("/activities/plan/", **said)
    activity = Activity.objects.get()
    added = web.post(f"/activities/{activity.pk}/sessions/add/", **WHEN, but="2026-03-17", seats=30, age_from=6)
    done = web.post(f"/activities/{activity.pk}/publish/")

    assert (refused.status_code, planned.status_code, added.status_code, done.status_code) == (422, 302, 302, 302)
    assert [f"{one.start:%m-%d}" for one in sessions(activity)] == ["03-10", "03-24", "03-31"]
    page = Web().get(f"/activities/{activity.pk}/")
    assert page.count("/sessions/") == 3
    assert "30 seats free" in page
    assert "from 6 years" in page
    assert town.institute.short not in page.partition("Who puts it on")[2]  # it has not said yes


def test_a_draft_is_not_there_for_others(town: Town) -> None:
    Web(town.zhou).post("/activities/plan/", title="百姓大舞台", unit=town.station.pk)
    address = f"/activities/{Activity.objects.get().pk}/"

    Web().get(address, status=404)
    Web(town.jin).get(address, status=404)
    assert "No day is set yet" in Web(town.zhou).get(address)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"until": ""}, "Nothing goes on without end"),
        ({"until": "2026-03-01"}, "before the first"),
        ({"until": "2028-03-01"}, "more than a year"),
        ({"age_from": 60, "age_to": 6}, "younger"),
        ({"but": "morgen"}, "is no day"),
        ({"where": "没有这个村"}, "We do not know this place"),
        ({"seats": 10**6}, "less than or equal to 20000"),
        ({"but": "2026-03-10 2026-03-17 2026-03-24 2026-03-31"}, "No day is left"),
        ({"volunteers": 2, "least": 5}, "more people than there are seats"),
        ({"first": "2026-01-05", "repeat": "once", "until": ""}, "over already"),
        ({"where": "河湾镇新时代文明实践所"}, "Only the head and the staff of the unit"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_is_kept(town: Town, wrong: dict[str, object], words: str) -> None:
    activity = published(town)

    said = {**WHEN, "seats": 30, "place": "文化广场二层", **wrong}
    who = town.zhou if "where" in wrong else town.luo
    answer = Web(who).post(f"/activities/{activity.pk}/sessions/add/", **said)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "文化广场二层" in page
    assert len(sessions(activity)) == 1


def test_what_stands_in_the_form_can_be_sent_again_as_it_is(town: Town) -> None:
    activity = published(town)
    Organiser.objects.create(activity=activity, unit=town.institute, kind="organiser")
    Organiser.objects.create(activity=activity, unit=town.city, kind="supporter")
    page = Web(town.zhou).get(f"/activities/{activity.pk}/change/")

    names = {"organisers": name_of_unit(town.institute), "supporters": name_of_unit(town.city)}
    said = {"title": activity.title, "version": again(activity).version, **names}
    answer = Web(town.zhou).post(f"/activities/{activity.pk}/change/", **said)

    assert all(name in page for name in names.values())
    assert answer.status_code == 302
    assert Organiser.objects.filter(activity=activity).count() == 2


def test_a_photo_is_seen_by_everybody_until_it_is_taken_away(town: Town) -> None:
    activity, web = published(town), Web(town.zhou)
    file = SimpleUploadedFile("台.jpg", photo(), "image/jpeg")
    web.post(f"/activities/{activity.pk}/photos/add/", photo=file, words="广场上的戏台", agreed="on")
    kept = activity.photos.get()

    page = Web().get(f"/activities/{activity.pk}/")
    picture = Web().client.get(f"/photos/{kept.pk}/")
    web.post(f"/activities/{activity.pk}/photos/remove/", photo=kept.digest)

    assert f'src="/photos/{kept.pk}/"' in page
    assert '<figcaption lang="zh-Hans">广场上的戏台</figcaption>' in page
    assert (picture.headers["Content-Type"], picture.content[:3]) == ("image/jpeg", b"\xff\xd8\xff")
    Web().get(f"/photos/{kept.pk}/", status=404)


def test_what_is_no_photo_is_refused_on_the_page(town: Town) -> None:
    activity = published(town)

    file = SimpleUploadedFile("台.jpg", b"<script>alert(1)</script>", "image/jpeg")
    said = {"photo": file, "words": "戏台", "agreed": "on"}
    answer = Web(town.zhou).post(f"/activities/{activity.pk}/photos/add/", **said)

    assert answer.status_code == 422
    assert "This is no photo" in answer.content.decode()
    assert not activity.photos.exists()
