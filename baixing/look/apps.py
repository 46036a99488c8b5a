from __future__ import annotations

from django.apps import AppConfig


class LookConfig(AppConfig):
    name = "baixing.look"
    verbose_name = "Page frame"
