"""What the frame round a page shows; an app above says it once, at start-up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class NavItem:
    """One entry of the bottom bar on a phone and of the rail on a desk."""

    url: str
    label: str
    icon: str
    here: bool = False


@dataclass(frozen=True)
class Frame:
    """Whose pages these are, whom to phone, who is reading, what does not work, and where one can go."""

    nav: tuple[NavItem, ...] = ()
    unit_name: str = ""
    unit_phone: str = ""
    unit_address: str = ""
    unit_open: str = ""
    person: str = ""
    person_url: str = "/me/"
    sign_in_url: str = "/in/"
    notices_url: str = ""
    unread: int = 0
    alarms: tuple[str, ...] = ()  # for the staff: what does not work, in a sentence each


Provider = Callable[[HttpRequest], Frame]


def plain(_request: HttpRequest) -> Frame:
    """The frame while nobody has registered a fuller one."""
    return Frame(nav=(NavItem("/", _("Home"), "home"),))


_providers: list[Provider] = [plain]


def register(provider: Provider) -> None:
    """The last one registered draws the frame."""
    _providers.append(provider)


def of(request: HttpRequest) -> Frame:
    return _providers[-1](request)
