"""What the foundation keeps in the database."""

from __future__ import annotations

from django.db import models


class OnceKey(models.Model):
    """One form, answered once. Written in the transaction of its effect, so neither is without the other."""

    owner = models.CharField(max_length=80)
    key = models.CharField(max_length=64)
    address = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    result = models.CharField(max_length=2000, default="")
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "key"], name="one_answer_a_key"),
        ]

    def __str__(self) -> str:
        return f"{self.address} {self.at:%F %T}"


class Change(models.Model):
    """Left by a trigger for each change of what everybody sees. Only the sum of all is looked at."""

    mark = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.mark)
