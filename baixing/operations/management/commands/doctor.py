"""`baixing doctor`: what is wrong with this installation, in plain words."""

from __future__ import annotations

import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.db import OperationalError, ProgrammingError

from baixing.kernel.calendar import now
from baixing.operations.queries import deep_faults, faults, remarks


class Command(BaseCommand):
    help = "Say what is wrong with this installation; answer 1 if anything is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--deep", action="store_true", help="look through all rows too")

    def handle(self, *_args: object, deep: bool, **_options: object) -> None:
        found = self._found(deep=deep)
        for fault in found:
            self.stdout.write(f"- {fault}")
        for remark in remarks():
            self.stderr.write(remark)
        if found:
            sys.exit(1)
        self.stdout.write("All is well.")

    def _found(self, *, deep: bool) -> list[str]:
        found: list[str] = []
        try:
            found.extend(faults(now()))
            if deep:
                found.extend(deep_faults(now()))
        except (OperationalError, ProgrammingError) as error:
            found.append(f"The database cannot be read: {str(error).strip()}. Run baixing migrate.")
        return found
