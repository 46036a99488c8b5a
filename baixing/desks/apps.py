from __future__ import annotations

from django.apps import AppConfig
from django.http import HttpRequest  # noqa: TID251 - the frame of a page is asked for with its request

from baixing.look import frame


class DesksConfig(AppConfig):
    name = "baixing.desks"

    def ready(self) -> None:
        frame.register(_frame_of)


def _frame_of(request: HttpRequest) -> frame.Frame:
    from baixing.desks.queries.frame import frame_of  # with the first page: it loads half of the system

    return frame_of(request)
