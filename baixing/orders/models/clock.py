from __future__ import annotations

from django.db import models

from baixing.orders.models.order import Order


class Clock(models.Model):
    """A city's own span for one step and urgency. Without a row the default of LIVES holds."""

    step = models.CharField(max_length=12)
    urgency = models.CharField(max_length=8, choices=Order.Urgency.choices)
    span = models.CharField(max_length=8)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["step", "urgency"], name="one_clock_a_step_and_urgency")]

    def __str__(self) -> str:
        return f"{self.step} {self.urgency} {self.span}"
