"""Pages of remembrance: who reads them, how many flowers lie there, and the words that somebody has read first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from baixing.programme.models import Remembrance, Tribute
from baixing.programme.rules import REMEMBRANCE_LIFE, TRIBUTE_LIFE, Standing

R, T = Remembrance.State, Tribute.State


@dataclass(frozen=True)
class RemembrancePage:
    found: Remembrance
    flowers: int
    mine: Tribute | None
    powers: frozenset[str]
    waiting: int  # words that wait for the reader, who keeps the page


@dataclass(frozen=True)
class WordsRow:
    tribute: Tribute
    powers: frozenset[str]


def visible_remembrances(one: Standing | None) -> QuerySet[Remembrance]:
    """What is published; and the drafts of one's own units."""
    mine = Q(state__in=(R.PUBLISHED, R.CLOSED))
    for office in one.offices if one else ():
        mine |= Q(unit__path__startswith=office.path)
    return Remembrance.objects.filter(mine).select_related("unit")


def listed_remembrances(one: Standing | None) -> QuerySet[Remembrance]:
    """The newest first; a model's own order is lost where rows are counted."""
    counted = Count("tributes", filter=~Q(tributes__state=T.WITHDRAWN))
    return visible_remembrances(one).annotate(flowers=counted).order_by("-made_at", "-pk")


def remembrance_page(found: Remembrance, one: Standing | None) -> RemembrancePage:
    lying = found.tributes.exclude(state=T.WITHDRAWN).order_by()
    powers = REMEMBRANCE_LIFE.powers(one, found) if one else frozenset()
    keeps = one is not None and one.is_in_charge(found.unit)
    return RemembrancePage(
        found=found,
        flowers=lying.count(),
        mine=lying.filter(by=one.person).first() if one else None,
        powers=powers,
        waiting=lying.filter(state=T.WAITING).count() if keeps else 0,
    )


def shown_words(found: Remembrance) -> QuerySet[Tribute]:
    """Without a name; whose they are nobody reads."""
    return found.tributes.filter(state=T.SHOWN).exclude(words="").order_by("-at", "-pk")


def words_to_read(found: Remembrance) -> QuerySet[Tribute]:
    """For whoever keeps the page: what waits comes first."""
    left = found.tributes.exclude(words="").exclude(state=T.WITHDRAWN).select_related("page__unit")
    return left.order_by("-state", "-at", "-pk")


def words_rows(found: Iterable[Tribute], one: Standing) -> list[WordsRow]:
    return [WordsRow(tribute, TRIBUTE_LIFE.powers(one, tribute)) for tribute in found]


def visible_tributes(one: Standing) -> QuerySet[Tribute]:
    """Those left on the pages that one keeps."""
    mine = Q(pk__in=())
    for office in one.offices:
        mine |= Q(page__unit__path__startswith=office.path)
    return Tribute.objects.filter(mine).select_related("page__unit", "by")
