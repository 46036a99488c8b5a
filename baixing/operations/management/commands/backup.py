"""`baixing backup FILE`: all rows in one file, while people work."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from baixing.kernel.calendar import now
from baixing.kernel.refusals import Refused
from baixing.operations.actions import backup


class Command(BaseCommand):
    help = "Write all rows into a file, with a manifest FILE.json beside it. People can go on working."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--over", action="store_true", help="replace a file that is there")

    def handle(self, *_args: object, file: Path, over: bool, **_options: object) -> None:
        try:
            backup(file, over=over, at=now())
        except (Refused, OSError, DatabaseError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{file}, {file.stat().st_size} bytes. Keep FIELD_KEYS and INDEX_KEY in another place.")
