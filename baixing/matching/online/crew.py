"""Processes that think side by side: the solver of flows holds Python's lock while it works, so threads do not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from types import TracebackType
from typing import Self, TypeVar

Asked = TypeVar("Asked")
Told = TypeVar("Told")


class Crew:
    """`with Crew(2) as crew`; one alone needs no process beside ours."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._others = ProcessPoolExecutor(size, mp_context=get_context("spawn")) if size > 1 else None

    def map(self, deed: Callable[[Asked], Told], those: Iterable[Asked]) -> Iterable[Told]:
        return self._others.map(deed, those) if self._others else map(deed, those)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._others:
            self._others.shutdown(cancel_futures=True)
