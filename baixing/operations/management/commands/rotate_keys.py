"""`baixing rotate_keys`: seal everything anew under the first of FIELD_KEYS. Safe to stop, repeat and run twice."""

from __future__ import annotations

import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from baixing.kernel import seal
from baixing.operations.actions import rebuild_indexes, reseal_some
from baixing.operations.queries.keys import Column, ages, columns


class Command(BaseCommand):
    help = "Seal everything anew under the first of FIELD_KEYS; answer 1 while an older key is still needed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--index", action="store_true", help="instead, reckon the indexes of a new INDEX_KEY")

    def handle(self, *_args: object, index: bool, **_options: object) -> None:
        if index:
            self.stdout.write(f"{rebuild_indexes()} rows have their index under the new key.")
            return
        for column in columns():
            if count := self._reseal(column):
                self.stdout.write(f"{column}: {count} sealed anew")
        self._report()

    def _reseal(self, column: Column) -> int:
        last, count = reseal_some(column, 0)
        while last:
            last, more = reseal_some(column, last)
            count += more
        return count

    def _report(self) -> None:
        found = ages()
        old, lost = (sum(counts[age] for counts in found.values()) for age in (seal.OLD, seal.LOST))
        if lost:
            self.stdout.write(f"{lost} texts open under none of FIELD_KEYS. A key is missing: put it back at the end.")
        if old:
            self.stdout.write(f"{old} texts are still under an older key. Run this again.")
        if old or lost:
            sys.exit(1)
        self.stdout.write("Everything is under the first key. The others can be taken out of FIELD_KEYS.")
