"""The command `baixing`: Django's commands and ours, with our settings."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line

from baixing.hours.rules.ledger import main as verify_ledger
from baixing.kernel.calendar import now
from baixing.kernel.start import or_say_why


def main() -> None:
    if sys.argv[1:2] == ["verify-ledger"]:  # needs no settings and no database: anybody may run it anywhere
        sys.exit(verify_ledger(sys.argv[2:]))
    if sys.argv[1:2] == ["verify-credential"]:  # the same
        from baixing.kernel.credentials.offline import main as verify_credential  # heavy, and for this alone

        sys.exit(verify_credential(sys.argv[2:], clock=now))
    if sys.argv[1:2] in (["match"], ["play"], ["flow"]):  # nor do these; the arrays are loaded for them alone
        from baixing.matching.commands import main as matching

        sys.exit(matching(sys.argv[1:]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baixing.settings")
    or_say_why(lambda: execute_from_command_line(sys.argv))
