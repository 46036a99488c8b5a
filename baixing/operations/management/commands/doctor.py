"""`baixing doctor`: what is wrong with this installation, in plain words."""

from __future__ import annotations

import re
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable, Iterator

from django.core.management.base import BaseCommand
from django.db import OperationalError, ProgrammingError

from baixing.kernel.calendar import now
from baixing.operations.queries import deep_faults, faults, remarks

OF_A_KIND = 10  # are named, the others counted


class Command(BaseCommand):
    help = "Say what is wrong with this installation; answer 1 if anything is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--deep", action="store_true", help="look through all rows too")

    def handle(self, *_args: object, deep: bool, **_options: object) -> None:
        well = True
        for fault in _short(self._found(deep=deep)):
            well = False
            self.stdout.write(f"- {fault}")
        for remark in remarks():
            self.stderr.write(remark)
        if not well:
            sys.exit(1)
        self.stdout.write("All is well.")

    def _found(self, *, deep: bool) -> Iterator[str]:
        try:
            yield from faults(now())
            if deep:
                yield from deep_faults(now())
        except (OperationalError, ProgrammingError) as error:
            yield f"The database cannot be read: {str(error).strip()}. Run baixing migrate."


def _short(found: Iterable[str]) -> Iterator[str]:
    """The first of each kind; sentences that differ in numbers alone are of one kind."""
    kinds: Counter[str] = Counter()
    for fault in found:
        kind = re.sub(r"[0-9][0-9-]*", "#", fault)
        kinds[kind] += 1
        if kinds[kind] <= OF_A_KIND:
            yield fault
    for kind, number in kinds.items():
        if number > OF_A_KIND:
            yield f"And {number - OF_A_KIND} more like this: {kind}"
