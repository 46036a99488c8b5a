from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class KernelConfig(AppConfig):
    name = "baixing.kernel"

    def ready(self) -> None:
        from baixing.kernel.editions import watch_all

        post_migrate.connect(watch_all, sender=self)
