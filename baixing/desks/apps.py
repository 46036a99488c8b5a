from __future__ import annotations

from django.apps import AppConfig


class DesksConfig(AppConfig):
    name = "baixing.desks"

    def ready(self) -> None:
        from baixing.desks.queries.frame import frame_of
        from baixing.look import frame

        frame.register(frame_of)
