"""What people are told about what is put on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from baixing.kernel.refusals import Words

TEXTS: Final[Mapping[str, Words]] = {
    "activity.named_host": _("%(host)s asks %(unit)s to host “%(title)s” together. Please say yes or no."),
    "activity.named_organiser": _("%(host)s asks %(unit)s to organise “%(title)s” together. Please say yes or no."),
    "activity.named_supporter": _("%(host)s asks %(unit)s to support “%(title)s”. Please say yes or no."),
    "activity.unnamed": _("%(unit)s is no longer named for “%(title)s”."),
    "activity.taken": _("%(unit)s takes part in “%(title)s”."),
    "activity.declined": _("%(unit)s does not take part in “%(title)s”."),
    "activity.changed": _("“%(title)s”, which %(unit)s helps to put on, has changed. Please look at it."),
    "activity.added": _("“%(title)s”, which %(unit)s helps to put on, has new sessions. Please look when."),
    "activity.withdrawn": _("“%(title)s”, which %(unit)s helps to put on, does not take place."),
    "activity.called_off": _(
        "“%(title)s”, which %(unit)s helps to put on, is called off for %(when)s. They say: %(words)s"
    ),
    "tribute.left": _("Words have been left for “%(title)s”. Please read them before anybody else does."),
    "tribute.kept_back": _("Your words for “%(title)s” are not shown. Your flower stays."),
    "contest.juror": _("You are asked to judge “%(title)s”. You can say no on its page; that costs nothing."),
    "contest.judge": _("The works of “%(title)s” can be judged now. You judge alone."),
    "contest.announced": _("The result of “%(title)s” is published."),
    "contest.changed": _("“%(title)s”, to which you have sent a work, has changed. Please look at it."),
    "contest.called_off": _("“%(title)s” is called off. They say: %(words)s"),
    "campaign.changed": _(
        "“%(title)s”, in which you have promised something, has other days now: %(first)s to %(last)s."
    ),
    "campaign.called_off": _("“%(title)s” is called off. What you promised binds you no more. They say: %(words)s"),
    "work.guardian": _("%(who)s would like to enter “%(title)s” for “%(contest)s”. Do you agree?"),
    "work.refused": _("“%(title)s” is not taken in for “%(contest)s”. They say: %(words)s"),
    "tally.told": _("%(unit)s has counted for “%(title)s”: %(number)s %(measure)s. Please look at it and confirm it."),
    "tally.returned": _("The count of %(unit)s for “%(title)s” comes back to you. They say: %(words)s"),
}
