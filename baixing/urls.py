"""Every address of the system; each app has its own part, those asked for most come first."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("baixing.menu.urls")),
    path("", include("baixing.orders.urls")),
    path("", include("baixing.desks.urls")),
    path("", include("baixing.notices.urls")),
    path("", include("baixing.people.urls")),
    path("", include("baixing.teams.urls")),
    path("", include("baixing.network.urls")),
    path("", include("baixing.schedule.urls")),
    path("", include("baixing.hours.urls")),
    path("", include("baixing.programme.urls")),
    path("", include("baixing.exchange.urls")),
    path("", include("baixing.dispatching.urls")),
    path("", include("baixing.look.urls")),
]

handler400 = "baixing.look.views.bad_request"
handler403 = "baixing.look.views.permission_denied"
handler404 = "baixing.look.views.not_found"
handler500 = "baixing.look.views.server_error"
