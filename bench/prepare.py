"""Makes ready the installation that the environment names, in a process of its own; prints items and browsers."""

from __future__ import annotations

import os
import sys

from bench import town

NAMES = ("DATA", "DJANGO_SETTINGS_MODULE", "PYTHONPATH", "DATABASE_URL")


def main() -> None:
    town.set_up({name: os.environ[name] for name in NAMES if name in os.environ})
    residents = town.residents(int(sys.argv[1]))
    print(",".join(town.items()), *(resident.session for resident in residents))


if __name__ == "__main__":
    main()
