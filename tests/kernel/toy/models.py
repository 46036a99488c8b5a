"""A lamp: the smallest thing with a life."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from baixing.kernel.life import Living


class Lamp(Living):
    state = models.CharField(max_length=20, default="off", editable=False)
    owner = models.CharField(max_length=20, default="jin")
    lit = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(version__gte=1), name="lamp_counts_from_one")]

    def __str__(self) -> str:
        return f"lamp {self.state}"
