"""The command `baixing`: Django's commands and ours, with our settings."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line

from baixing.kernel.start import or_say_why


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baixing.settings")
    or_say_why(lambda: execute_from_command_line(sys.argv))
