"""A name under which the city's volunteers are known."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Brand(models.Model):
    """A name under which the city's volunteers are known."""

    slug = models.SlugField(max_length=30, unique=True)
    name = models.CharField(max_length=24)
    name_en = models.CharField(max_length=80, blank=True, default="")
    words = models.CharField(max_length=200, blank=True, default="")
    words_en = models.CharField(max_length=300, blank=True, default="")
    invented = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.name
