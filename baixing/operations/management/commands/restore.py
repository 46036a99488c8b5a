"""`baixing restore FILE`: put the rows of a backup in place."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from baixing.kernel.refusals import Refused
from baixing.operations.actions import restore


class Command(BaseCommand):
    help = "Put the rows of a backup in place, all or none. Run `baixing migrate` and `baixing doctor --deep` then."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--over", action="store_true", help="replace the rows that are there")

    def handle(self, *_args: object, file: Path, over: bool, **_options: object) -> None:
        try:
            manifest = restore(file, over=over)
        except (Refused, OSError, DatabaseError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Restored as of {manifest['made_at']}. Now run baixing migrate and baixing doctor --deep.")
