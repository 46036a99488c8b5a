from __future__ import annotations

from django.apps import AppConfig


class MenuConfig(AppConfig):
    name = "baixing.menu"
    label = "menu"
