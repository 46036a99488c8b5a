"""How somebody stands to what is put on."""

from __future__ import annotations

from baixing.programme.models import Activity
from baixing.schedule import rules as schedule


class Standing(schedule.Standing):
    """A person at a moment, with their posts and teams."""

    def puts_on(self, activity: Activity) -> bool:
        """The leader of its team, and the head and staff of a host or of a unit above one."""
        led = activity.team is not None and self.leads(activity.team)
        return led or self.is_in_charge(activity.unit) or self._hosts(activity)

    def _hosts(self, activity: Activity) -> bool:
        hosts = (row.unit for row in activity.organisers.all() if row.is_host)
        return bool(self.offices) and any(self.is_in_charge(unit) for unit in hosts)
