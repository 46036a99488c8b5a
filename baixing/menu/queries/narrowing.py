from __future__ import annotations

from dataclasses import dataclass

from baixing.menu.models import ItemQuerySet, ServiceItem

AT_HOME = frozenset({ServiceItem.Place.HOME, ServiceItem.Place.EITHER})


@dataclass(frozen=True)
class Narrowed:
    """What a reader wants to see of a menu. An empty part asks for nothing."""

    platform: str = ""
    audience: str = ""
    free: bool = False
    at_home: bool = False

    @property
    def any(self) -> bool:
        return self != Narrowed()

    def admits(self, item: ServiceItem) -> bool:
        return (
            self.platform in ("", item.platform.slug)
            and self.audience in ("", item.audience)
            and (item.free or not self.free)
            and (item.place in AT_HOME or not self.at_home)
        )

    def of(self, items: ItemQuerySet) -> ItemQuerySet:
        if self.platform:
            items = items.filter(platform__slug=self.platform)
        if self.audience:
            items = items.filter(audience=self.audience)
        if self.free:
            items = items.filter(free=True)
        return items.filter(place__in=AT_HOME) if self.at_home else items
