"""`baixing demo_accounts`: a table of demo sign-ins, one a role."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from baixing.demo.rules import CAST, phone


class Command(BaseCommand):
    help = "Print the demo sign-ins. The code of each appears on the page that asks for it."

    def handle(self, *_args: object, **_options: object) -> None:
        self.stdout.write("Demo sign-ins (演示账号): type the number; each code is shown on the page that asks for it")
        for number, role in enumerate(CAST.values(), 1):
            self.stdout.write(f"  {phone(number).removeprefix('+86')}  {role.name}  {role.role}")
