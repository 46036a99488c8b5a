"""Pictures are drawn anew when they come in: of the file nothing stays but what one sees."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from baixing.kernel.refusals import Unfit

LARGEST_FILE = 12_000_000  # bytes
MOST_PIXELS = 60_000_000
FORMATS = ("JPEG", "PNG", "WEBP")
LONG_SIDE, QUALITY = 1600, 82


@dataclass(frozen=True)
class Picture:
    image: bytes
    width: int
    height: int


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
