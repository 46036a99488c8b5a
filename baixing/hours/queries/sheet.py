"""A certificate as a sheet of A4 paper."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from baixing.hours.models import Certificate
from baixing.kernel.typeset import Form, typeset

DATA = Path(__file__).resolve().parent.parent / "data"
SOURCE, FONTS = DATA / "certificate.typ", DATA / "fonts"


def pdf(certificate: Certificate, absolute: Callable[[str], str], form: Form = "pdf") -> bytes:
    """In Chinese, whatever the reader's language: it is an official paper. `absolute` makes a path an address."""
    path = reverse("hours:verify_code", args=[certificate.code])
    address = f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL else absolute(path)
    return typeset(SOURCE, {"told": json.dumps(told(certificate, address), ensure_ascii=False)}, FONTS, form)


def told(certificate: Certificate, address: str) -> dict[str, object]:
    snapshot = certificate.snapshot or {}
    import segno

    return {
        **snapshot,
        "name": certificate.name or "(已注销)",
        "time": time_words(int(snapshot["minutes"])),
        "from": day_words(snapshot["from"]),
        "until": day_words(snapshot["until"]),
        "issued": day_words(snapshot["issued"]),
        "service": [[name, count, time_words(minutes)] for name, count, minutes in snapshot["service"]],
        "code": " ".join(certificate.code[at : at + 4] for at in range(0, len(certificate.code), 4)),
        "digest": certificate.digest[:16],
        "revoked": certificate.state == Certificate.State.REVOKED,
        "place": address.removeprefix("https://").removeprefix("http://").partition("verify/")[0] + "verify/",
        "qr": segno.make(address, error="m").svg_inline(border=0, dark="#3b2a1d"),
    }


def time_words(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{hours} 小时 {rest} 分" if rest else f"{hours} 小时"


def day_words(day: object) -> str:
    """2026 年 3 月 5 日."""
    if not day:
        return "—"
    found = date.fromisoformat(str(day))
    return f"{found.year} 年 {found.month} 月 {found.day} 日"
