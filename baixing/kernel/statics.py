"""Static files under names that hold a digest of what is in them, so that a browser may keep them for ever."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]  # it has none


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # untyped
    """While a process lives no address changes, so each is worked out once: a page names a dozen."""

    def __init__(self) -> None:
        super().__init__()
        self.address: Callable[[str], str] = cache(super().url)

    def url(self, name: str) -> str:
        return self.address(name)
