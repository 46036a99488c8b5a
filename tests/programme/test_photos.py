"""A picture comes in, and of its file nothing stays but what one sees; what is no picture is refused in words."""

from __future__ import annotations

import zlib
from io import BytesIO

import pytest
from PIL import Image

from baixing.kernel.refusals import NotAllowed, NotNow, Unfit
from baixing.programme import actions
from baixing.programme.actions.pictures import LARGEST_FILE, drawn_anew
from baixing.programme.models import Photo
from baixing.programme.rules import MOST_PHOTOS
from tests.programme.stage import again, photo, published
from tests.town import NINE, Town

MAKER, PLACE = 0x010F, 0x8825


def with_exif() -> bytes:
    """Lying on its side, with the camera and the place that a phone writes into it."""
    exif = Image.Exif()
    exif[MAKER], exif[0x0112] = "PlantedCamera", 6
    exif[PLACE] = {1: "N", 2: (36.0, 32.0, 15.0), 3: "E", 4: (104.0, 8.0, 0.0)}
    return photo(exif=exif, comment=b"planted words")


def png(width: int, height: int) -> bytes:
    """A head that promises so many points, and next to nothing behind it."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\0\0\0"
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def test_nothing_stays_but_the_picture(town: Town) -> None:
    file = with_exif()
    assert b"PlantedCamera" in file
    assert b"planted words" in file

    picture = drawn_anew(file)

    with Image.open(BytesIO(picture.image)) as kept:
        assert (dict(kept.getexif()), kept.info.get("comment"), kept.format) == ({}, None, "JPEG")
    assert b"PlantedCamera" not in picture.image
    assert b"planted words" not in picture.image
    assert (picture.width, picture.height) == (480, 640)  # it stands upright now


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_kinds_become_the_same(kind: str) -> None:
    out = BytesIO()
    Image.new("RGBA", (3000, 2000), (0, 0, 0, 0)).save(out, kind)

    picture = drawn_anew(out.getvalue())

    assert (picture.width, picture.height) == (1600, 1067)
    with Image.open(BytesIO(picture.image)) as kept:
        assert kept.getpixel((5, 5)) == (255, 255, 255)


HOSTILE = {
    "nothing": b"",
    "words": b"GIF89a<script>alert(1)</script>",
    "drawing": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "page": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "bomb": png(60_000, 60_000),
    "cut off": photo()[:600],
    "head alone": png(100, 100),
    "too large": b"\xff\xd8\xff" + b"\0" * LARGEST_FILE,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_photo_is_refused_in_words(name: str) -> None:
    with pytest.raises(Unfit) as no:
        drawn_anew(HOSTILE[name])

    assert (no.value.field, bool(str(no.value))) == ("photo", True)


def test_a_photo_needs_the_yes_of_those_on_it_and_comes_once(town: Town) -> None:
    activity = published(town)
    with pytest.raises(Unfit):
        actions.add_photo(activity, photo(), "广场上的戏台", agreed=False, by=town.zhou, at=NINE)

    actions.add_photo(activity, photo(), "广场上的戏台", agreed=True, by=town.luo, at=NINE)
    with pytest.raises(Unfit):
        actions.add_photo(activity, photo(), "又一次", agreed=True, by=town.luo, at=NINE)

    assert [row.words for row in activity.photos.all()] == ["广场上的戏台"]


def test_there_are_only_so_many(town: Town) -> None:
    activity = published(town)
    for n in range(MOST_PHOTOS):
        actions.add_photo(activity, photo((60 + n, 40)), "台下", agreed=True, by=town.zhou, at=NINE)

    with pytest.raises(NotNow):
        actions.add_photo(activity, photo(), "台上", agreed=True, by=town.zhou, at=NINE)


def test_whoever_puts_it_on_takes_it_away_and_nobody_else(town: Town) -> None:
    activity = published(town)
    kept = actions.add_photo(activity, photo(), "台下", agreed=True, by=town.zhou, at=NINE)
    for person in (town.jin, town.min, town.shen):
        with pytest.raises(NotAllowed):
            actions.remove_photo(kept, by=person, at=NINE)

    kept.activity = again(activity)
    actions.remove_photo(kept, by=town.luo, at=NINE)

    assert not Photo.objects.exists()
