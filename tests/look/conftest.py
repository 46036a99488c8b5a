"""The frame on its own, whatever the apps above have registered."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from baixing.look import frame


@pytest.fixture(autouse=True)
def _plain_frame() -> Iterator[None]:
    frame.register(frame.plain)
    yield
    frame._providers.pop()
