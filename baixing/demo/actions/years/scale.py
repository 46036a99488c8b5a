"""How large a city is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    sessions: int
    signups: int
    residents: int
    volunteers: int  # of the residents
    villages: int | None = None  # None: all of them

    def of(self, part: int) -> Scale:
        """The same city, so many times smaller."""
        sizes = (self.sessions, self.signups, self.residents, self.volunteers)
        sessions, signups, residents, volunteers = (max(size // part, 1) for size in sizes)
        return Scale(sessions, signups, residents, volunteers, max(VILLAGES // part, 2))


VILLAGES = 860
CITY = Scale(sessions=68_000, signups=2_000_000, residents=170_000, volunteers=30_000)
YEARS = 2
AHEAD = 30  # days to come for which something is planned
