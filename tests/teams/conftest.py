from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from baixing.look import frame
from tests.town import NINE


@pytest.fixture(autouse=True)
def _pages_stand_in_the_plain_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the frame shows, and asks the database for, is a higher floor's."""
    monkeypatch.setattr(frame, "_providers", [frame.plain])


@pytest.fixture
def nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield
