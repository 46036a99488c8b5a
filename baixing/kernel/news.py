"""How a lower floor tells a higher one something without knowing that it is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Item = TypeVar("Item")


class News(Generic[Item]):
    """Told inside the transaction of the deed; a hearer that raises undoes the deed."""

    def __init__(self) -> None:
        self._hearers: list[Callable[[Item], None]] = []

    def hear(self, hearer: Callable[[Item], None]) -> Callable[[Item], None]:
        if hearer not in self._hearers:
            self._hearers.append(hearer)
        return hearer

    def tell(self, item: Item) -> None:
        for hearer in self._hearers:
            hearer(item)
