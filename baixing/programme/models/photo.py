"""A picture of what was held."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from baixing.programme.models.activity import Activity


class Photo(models.Model):
    """Drawn anew by us when it came in, so nothing of the file is left but what one sees.

    It lies in the database, so that a backup has it and erasing it is one deed.
    """

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="photos")
    words = models.CharField(max_length=100)  # what is to be seen, for those who do not see it
    image = models.BinaryField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    agreed = models.BooleanField()  # whoever brought it says that all who can be recognised agree
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(agreed=True), name="who_is_on_a_photo_agreed"),
            models.UniqueConstraint(fields=["activity", "digest"], name="a_photo_shows_once"),
        ]

    def __str__(self) -> str:
        return self.words
