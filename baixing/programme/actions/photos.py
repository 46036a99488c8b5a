"""Pictures are drawn anew when they come in: of the file nothing stays but what one sees."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from baixing.journal import actions as journal
from baixing.kernel.refusals import NotNow, Unfit
from baixing.people.models import Person
from baixing.programme.models import Activity, Photo
from baixing.programme.rules import LIFE, MOST_PHOTOS, Standing

LARGEST_FILE = 12_000_000  # bytes
MOST_PIXELS = 60_000_000
FORMATS = ("JPEG", "PNG", "WEBP")
LONG_SIDE, QUALITY = 1600, 82


@dataclass(frozen=True)
class Picture:
    image: bytes
    width: int
    height: int


@transaction.atomic
def add_photo(activity: Activity, file: bytes, words: str, *, agreed: bool, by: Person, at: datetime) -> Photo:
    if not agreed:
        raise Unfit(_("Ask first: everybody who can be recognised has to agree."), field="agreed")
    LIFE.move("tell_results", Standing(by, at), activity)
    if activity.photos.count() >= MOST_PHOTOS:
        raise NotNow(_("There are %(most)d photos already. Take one away first.") % {"most": MOST_PHOTOS})
    picture = drawn_anew(file)
    digest = hashlib.sha256(picture.image).hexdigest()
    if activity.photos.filter(digest=digest).exists():
        raise Unfit(_("This photo is here already."), field="photo")
    said = {"words": words, "agreed": agreed, "digest": digest, "made_by": by, "made_at": at}
    photo = Photo.objects.create(activity=activity, **vars(picture), **said)
    journal.write("add_photo", activity, by=by, at=at, photo=photo.pk)
    return photo


@transaction.atomic
def remove_photo(photo: Photo, *, by: Person, at: datetime) -> None:
    """It goes at once, with its bytes."""
    LIFE.move("tell_results", Standing(by, at), photo.activity)
    journal.write("remove_photo", photo.activity, by=by, at=at, photo=photo.pk)
    photo.delete()


def drawn_anew(file: bytes) -> Picture:
    """Upright, no larger than a screen needs, without place, time, camera or anything else that was in the file."""
    if len(file) > LARGEST_FILE:
        raise Unfit(_("This photo is larger than 12 MB. Send a smaller one."), field="photo")
    try:
        return _drawn(file)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, EOFError, IndexError, TypeError):
        raise Unfit(_("This is no photo that can be read. Send a JPEG, PNG or WebP file."), field="photo") from None


def _drawn(file: bytes) -> Picture:
    with Image.open(BytesIO(file), formats=FORMATS) as found:
        if found.width * found.height > MOST_PIXELS:
            raise Unfit(_("This photo has too many points. Send a smaller one."), field="photo")
        found.draft("RGB", (LONG_SIDE, LONG_SIDE))
        upright = ImageOps.exif_transpose(found)
        upright.thumbnail((LONG_SIDE, LONG_SIDE))
        plain = Image.new("RGB", upright.size, "white")
        if upright.mode in {"RGBA", "LA", "P", "PA"}:
            upright = upright.convert("RGBA")
            plain.paste(upright, mask=upright.getchannel("A"))
        else:
            plain.paste(upright.convert("RGB"))
    out = BytesIO()
    plain.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return Picture(out.getvalue(), plain.width, plain.height)
