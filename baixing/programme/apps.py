from __future__ import annotations

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "baixing.programme"
    label = "programme"
    public = ("Theme", "Brand")  # shown to everybody, see kernel.editions
