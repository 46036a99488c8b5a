"""The names on a plan's map: read on a phone too, never across each other, never over its edge."""

from __future__ import annotations

from baixing.dispatching.queries.chart import LETTER, WIDTH, Dot, uncrowded


def dot(x: int, y: int, name: str, count: int = 1) -> Dot:
    return Dot(x, y, name, "copper", count)


def test_of_names_that_would_lie_across_each_other_a_phone_shows_the_busiest() -> None:
    told = uncrowded([dot(300, 200, "河湾村", 2), dot(320, 210, "梁庄村", 5), dot(300, 200 + 4 * LETTER, "大井子村")])

    assert {one.name: one.crowded for one in told} == {"河湾村": True, "梁庄村": False, "大井子村": False}
    assert told[-1].name == "梁庄村"  # drawn last, above the others


def test_a_circle_without_a_name_crowds_nobody() -> None:
    told = uncrowded([dot(300, 200, "梁庄村"), dot(300, 200, "河湾村", -1), dot(300, 200, "大井子村", 0)])

    assert [one.name for one in told if one.count > 0 and not one.crowded] == ["梁庄村"]


def test_a_name_at_the_edge_has_its_room_inside() -> None:
    assert [dot(x, 200, "村").side for x in (20, WIDTH // 2, WIDTH - 20)] == ["start", "middle", "end"]
    assert dot(300, 10, "村").name_y > 10
    assert dot(300, 200, "村").name_y < 200
