"""Days, names and phones the way people say them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

NOON = 12
EVENING = 18
WEEK = 7
TEN = 10
WORD_JOINER = "\u2060"  # no line ends between the two


def said_day(day: date, today: date) -> str:
    """Today, tomorrow, yesterday; a weekday up to this day a week on; else the date."""
    match (day - today).days:
        case 0:
            return _("today")
        case 1:
            return _("tomorrow")
        case 2:
            return _("the day after tomorrow")
        case -1:
            return _("yesterday")
        case ahead if 0 < ahead <= WEEK:
            return _weekday(day, today)
        case _far:
            return said_date(day, today)


def said_date(day: date, today: date) -> str:
    """5 March; with the year when it is another year."""
    if day.year == today.year:
        return said_near_date(day)
    return _written(day, pgettext("date format", "j F Y"), get_language())


def said_near_date(day: date) -> str:
    """5 March, of a day whose year nobody would ask for."""
    return _written(day, pgettext("date format", "j F"), get_language())


def said_month(day: date) -> str:
    """March 2026."""
    return _written(day, pgettext("date format", "F Y"), get_language())


def said_moment(at: datetime, now: datetime) -> str:
    """Today 15:00."""
    local = localtime(at)
    return _join(said_day(local.date(), localtime(now).date()), f"{local:%H:%M}")


def said_half(at: datetime, now: datetime) -> str:
    """Tomorrow morning: for what has no exact time."""
    local = localtime(at)
    return _join_close(said_day(local.date(), localtime(now).date()), _half(local.hour))


def said_range(start: datetime, end: datetime, now: datetime) -> str:
    """Tomorrow 15:00–17:00; both days when it ends on another one."""
    first, last = localtime(start), localtime(end)
    if first.date() == last.date():
        return f"{said_moment(start, now)}–{WORD_JOINER}{last:%H:%M}"
    return f"{said_moment(start, now)} – {said_moment(end, now)}"


def said_time(minutes: int) -> str:
    """2 h 30 min."""
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else ""
    if not hours:
        return sign + _("%(minutes)d min") % {"minutes": rest}
    if not rest:
        return sign + _("%(hours)d h") % {"hours": hours}
    return sign + _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}


def said_km(km: float) -> str:
    """Whole from ten on; nobody knows roads better."""
    return f"{km:.0f}" if km >= TEN else f"{km:.1f}".removesuffix(".0")


def sentences(some: Iterable[str]) -> str:
    """One after another, as far as there are any."""
    return between_sentences().join(filter(None, some))


def between_sentences() -> str:
    """A space in English, nothing in Chinese."""
    return pgettext("one sentence after another", "%s %s") % ("", "")


def exact(at: date) -> str:
    """The whole date, for the title of what was said loosely."""
    if isinstance(at, datetime):
        local = localtime(at)
        return f"{_exact_day(local.date())} {local:%H:%M}"
    return _exact_day(at)


def masked_name(name: str) -> str:
    """The family name and a star: 王*."""
    return f"{name[:1]}*" if name else ""


def masked_phone(phone: str) -> str:
    """The first three and the last four digits of a mobile number: 138****1234."""
    digits = re.sub(r"^\+?86(?=1\d{10}$)|\D", "", phone)
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) >= 8 else "****"  # noqa: PLR2004 (a shorter one would show all)


def plain_phone(phone: str) -> str:
    """A mobile number in groups as people read it out: 138 0000 1234."""
    digits = phone.removeprefix("+86")
    return f"{digits[:3]} {digits[3:7]} {digits[7:]}" if re.fullmatch(r"1\d{10}", digits) else phone


def _weekday(day: date, today: date) -> str:
    names = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    name = names[day.weekday()]
    next_monday = today + timedelta(days=WEEK - today.weekday())
    return name if day < next_monday else _("next %(weekday)s") % {"weekday": name}


def _half(hour: int) -> str:
    if hour < NOON:
        return _("in the morning")
    return _("in the afternoon") if hour < EVENING else _("in the evening")


def _exact_day(day: date) -> str:
    return _written(day, pgettext("date format", "l j F Y"), get_language())


@lru_cache(maxsize=4096)  # a long list says the same few days again and again
def _written(day: date, form: str, _language: str | None) -> str:
    return date_format(day, form)


def _join(day: str, clock: str) -> str:
    return f"{day} {clock}"


def _join_close(day: str, half: str) -> str:
    return pgettext("tomorrow in the morning", "%(day)s %(half)s") % {"day": day, "half": half}


def device_words(user_agent: str) -> str:
    """A browser and a system by their names, and no more than that."""
    browser = _first_named(user_agent, _BROWSERS)
    system = _first_named(user_agent, _SYSTEMS)
    return ", ".join(word for word in (browser, system) if word)


def _first_named(user_agent: str, names: tuple[tuple[str, str], ...]) -> str:
    return next((name for mark, name in names if mark in user_agent), "")


_BROWSERS = (
    ("MicroMessenger", "WeChat"),
    ("HuaweiBrowser", "Huawei"),
    ("MQQBrowser", "QQ"),
    ("UCBrowser", "UC"),
    ("MiuiBrowser", "Mi"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)
