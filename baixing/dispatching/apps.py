from __future__ import annotations

from django.apps import AppConfig


class DispatchingConfig(AppConfig):
    name = "baixing.dispatching"
