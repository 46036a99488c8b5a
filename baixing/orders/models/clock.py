from __future__ import annotations

from django.db import models


class Clock(models.Model):
    """A city's own spans for one step, by urgency. Without a row the defaults of rules/clocks.py hold."""

    step = models.CharField(max_length=12)
    urgent = models.CharField(max_length=8)
    normal = models.CharField(max_length=8)
    planned = models.CharField(max_length=8)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["step"], name="one_clock_a_step")]

    def __str__(self) -> str:
        return f"{self.step} {self.urgent} {self.normal} {self.planned}"
