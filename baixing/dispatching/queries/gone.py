"""Which proposals cannot be offered any more, and why, in the words of whoever reads it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baixing.dispatching.models import Proposal
from baixing.dispatching.rules.whys import WORDS
from baixing.kernel.refusals import NotAllowed
from baixing.orders.queries import barriers

NAMED: Final = 6  # orders named for one reason
REASONS: Final = 4  # that are told; the list tells all of them


def why(proposal: Proposal, today: date) -> str:
    """Why it was overtaken; "" where it was not."""
    told = proposal.why
    match told.get("code"):
        case None:
            return ""
        case "team":
            team = proposal.team.name if proposal.team else ""
            return barriers.cannot_be_asked(team, barriers.said(told["barrier"], today))
        case "said":  # before codes were kept, in the language of whoever confirmed
            return str(told["words"])
        case code:
            return str(WORDS[code])


def not_offered(overtaken: Collection[int], kept: Collection[int], today: date) -> Iterator[str]:
    """A line for each reason, the most frequent first."""
    found: dict[str, list[str]] = {}
    rows = Proposal.objects.filter(pk__in=[*overtaken, *kept]).select_related("order", "team")
    for one in rows.order_by("pk"):
        words = str(NotAllowed.words) if one.pk in kept else why(one, today)
        found.setdefault(words, []).append(one.order.number)
    lines = sorted(found.items(), key=lambda line: -len(line[1]))
    for words, numbers in lines[:REASONS]:
        said = ngettext(
            "%(n)d order is not offered (%(orders)s): %(why)s",
            "%(n)d orders are not offered (%(orders)s): %(why)s",
            len(numbers),
        )
        yield said % {"n": len(numbers), "orders": _some(numbers), "why": words}
    if rest := sum(len(numbers) for _why, numbers in lines[REASONS:]):
        said = ngettext(
            "%(n)d more is not offered: the list says why.", "%(n)d more are not offered: the list says why.", rest
        )
        yield said % {"n": rest}


def _some(numbers: list[str]) -> str:
    named = _(", ").join(numbers[:NAMED])
    more = len(numbers[NAMED:])
    return _("%(some)s and %(n)d more") % {"some": named, "n": more} if more else named
