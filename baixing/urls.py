"""Every address of the system; each app has its own part."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import include, path

APPS = (
    "look",
    "people",
    "journal",
    "notices",
    "network",
    "teams",
    "menu",
    "schedule",
    "orders",
    "programme",
    "desks",
)

urlpatterns = [path("", include(f"baixing.{app}.urls")) for app in APPS if find_spec(f"baixing.{app}.urls")]

handler400 = "baixing.look.views.bad_request"
handler403 = "baixing.look.views.permission_denied"
handler404 = "baixing.look.views.not_found"
handler500 = "baixing.look.views.server_error"
