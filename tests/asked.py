"""What is asked of the database meanwhile: counted as Django counts it, without asking for the words of each again."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import ExitStack
from typing import Final, Self

from django.db import connection

WRITES: Final = re.compile(r'(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM) "?(\w+)"?', re.IGNORECASE)


class Asked:
    """`CaptureQueriesContext` asks SQLite for each statement once more, with its values written out."""

    def __init__(self) -> None:
        self.statements: list[str] = []
        self._until = ExitStack()

    def __enter__(self) -> Self:
        self._until.enter_context(connection.execute_wrapper(self._note))
        return self

    def __exit__(self, *fault: object) -> None:
        self._until.close()

    def __len__(self) -> int:
        return len(self.statements)

    @property
    def written(self) -> set[str]:
        """The tables that were written to."""
        return {found[1] for found in map(WRITES.match, self.statements) if found}

    def _note(self, ask: Callable[..., object], sql: str, values: object, many: bool, context: object) -> object:
        self.statements.append(sql)
        return ask(sql, values, many, context)
