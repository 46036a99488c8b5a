"""What people are told about sessions and their sign-ups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from baixing.kernel.refusals import Words

TEXTS: Final[Mapping[str, Words]] = {
    "signup.confirmed": _("You are signed up for “%(title)s”, %(when)s."),
    "signup.waiting": _("“%(title)s”, %(when)s, is full. You are in line, and we tell you when a seat comes free."),
    "signup.applied": _("Your sign-up for “%(title)s”, %(when)s, has arrived. We tell you when it is decided."),
    "signup.guardian": _("%(who)s would like to come to “%(title)s”, %(when)s. Do you agree?"),
    "signup.kept": _("A seat has come free for “%(title)s”, %(when)s. Please confirm by %(until)s, or it goes on."),
    "signup.free": _("There are free places at “%(title)s”, %(when)s. You asked us to tell you."),
    "signup.needed": _("“%(title)s”, %(when)s, lacks people. Can you come? One tap is enough."),
    "signup.handed_on": _("%(who)s has taken your place at “%(title)s”, %(when)s."),
    "signup.rejected": _("You cannot come to “%(title)s”, %(when)s, this time. They say: %(words)s"),
    "signup.lapsed": _("Your place in the line for “%(title)s”, %(when)s, has ended."),
    "signup.called_off": _("“%(title)s”, %(when)s, is called off. They say: %(words)s"),
    "signup.moved": _("“%(title)s” has changed: it is now %(when)s. Please look where."),
    "signup.reminder_1": _("Reminder: “%(title)s” is %(when)s, at %(place)s."),
    "signup.reminder_2": _("Soon: “%(title)s” is %(when)s, at %(place)s."),
    "booking.asked": _("%(who)s asks for %(space)s, %(when)s: %(purpose)s. Please answer."),
    "booking.confirmed": _("%(space)s is yours, %(when)s."),
    "booking.refused": _("You cannot have %(space)s, %(when)s. They say: %(words)s"),
    "booking.taken": _("You cannot have %(space)s, %(when)s: it was given to somebody else."),
    "booking.late": _("Nobody has answered in time: you do not have %(space)s, %(when)s."),
    "booking.called_off": _("You cannot have %(space)s after all, %(when)s. They say: %(words)s"),
    "booking.reminder": _("Reminder: %(space)s is yours, %(when)s. If you do not need it, please give it back."),
    "booking.team": _("Your team has closed: its time in %(space)s, %(when)s, is given back."),
    "session.to_call": _("“%(title)s”, %(when)s, is called off: its team has closed. Please phone %(number)s people."),
    "booking.moved": _("With “%(title)s”, your time in %(space)s has moved: it is now %(when)s."),
}
