"""What stands on the button of each verb."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext_lazy as _

from baixing.kernel.refusals import Words

register = template.Library()

BUTTONS: dict[str, Words] = {
    "change": _("Change the order"), "ask": _("Ask the resident"), "supply": _("Answer"), "withdraw": _("Withdraw"),
    "name_item": _("Name the service"), "admit": _("Admit"), "reject": _("Reject"), "merge": _("Merge"),
    "transfer": _("Transfer"), "pause": _("Pause"), "agree": _("Co-sign"), "refuse": _("Do not co-sign"),
    "resume": _("Go on"), "give_up": _("Say that it cannot be met"), "open": _("Open for claiming"),
    "claim": _("Claim"), "accept": _("Accept"), "decline": _("Decline"), "recall": _("Take the offer back"),
    "appoint": _("Set the time"), "suggest": _("Ask for another time"), "hand_back": _("Hand back"),
    "miss": _("Nobody met"), "serve": _("It is served"), "alarm": _("Report danger"),
    "reveal": _("Show phone and address"), "rate": _("Rate"), "dispute": _("I am not content"),
    "redo": _("Serve it again"), "uphold": _("Close with a reason"), "urge": _("Urge"),
    "follow": _("Let my family follow"), "join": _("Me too"),
}  # fmt: skip


@register.filter
def verb_words(verb: str) -> str:
    return str(BUTTONS.get(verb, verb))
