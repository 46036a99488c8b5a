"""`baixing credential_key`: a new key to sign credentials with, and the line that keeps the earlier ones verifiable."""

from __future__ import annotations

from django.conf import settings
from django.core.management.base import BaseCommand

from baixing.kernel.credentials import keys


class Command(BaseCommand):
    help = "Write the line CREDENTIAL_KEYS with a new key in front; of the earlier ones only what verifies is left."

    def handle(self, *_args: object, **_options: object) -> None:
        self.stdout.write(f"CREDENTIAL_KEYS={','.join(keys.rotated(settings.CREDENTIAL_KEYS))}")
        self.stderr.write("Keep this line as secret as the others, put it in the place of the old one, and restart.")
