"""Which proposals could not be offered, and why, in words."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baixing.dispatching.models import Proposal
from baixing.kernel.refusals import NotAllowed

NAMED: Final = 6  # orders named for one reason
REASONS: Final = 4  # that are told; the list tells all of them


def not_offered(overtaken: Collection[int], kept: Collection[int]) -> Iterator[str]:
    """A line for each reason, the most frequent first."""
    found: dict[str, list[str]] = {}
    for one in Proposal.objects.filter(pk__in=[*overtaken, *kept]).select_related("order").order_by("pk"):
        why = str(NotAllowed.words) if one.pk in kept else one.why
        found.setdefault(why, []).append(one.order.number)
    lines = sorted(found.items(), key=lambda line: -len(line[1]))
    for why, numbers in lines[:REASONS]:
        words = ngettext(
            "%(n)d order is not offered (%(orders)s): %(why)s",
            "%(n)d orders are not offered (%(orders)s): %(why)s",
            len(numbers),
        )
        yield words % {"n": len(numbers), "orders": _some(numbers), "why": why}
    if rest := sum(len(numbers) for _why, numbers in lines[REASONS:]):
        words = ngettext(
            "%(n)d more is not offered: the list says why.", "%(n)d more are not offered: the list says why.", rest
        )
        yield words % {"n": rest}


def _some(numbers: list[str]) -> str:
    named = _(", ").join(numbers[:NAMED])
    more = len(numbers[NAMED:])
    return _("%(some)s and %(n)d more") % {"some": named, "n": more} if more else named
