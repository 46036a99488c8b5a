from __future__ import annotations

from django.apps import AppConfig


class MenuConfig(AppConfig):
    name = "baixing.menu"
    label = "menu"
    public = ("ServiceItem", "Synonym", "ItemFacts")  # shown to everybody, see kernel.editions
