from __future__ import annotations

from django.urls import path

from baixing.dispatching.views import deeds, desk, settings, what_ifs

app_name = "dispatching"
urlpatterns = [
    path("dispatch/", desk.first, name="first"),
    path("dispatch/units/<int:pk>/", desk.desk, name="desk"),
    path("dispatch/units/<int:pk>/map/", desk.plan_map, name="map"),
    path("dispatch/units/<int:pk>/coverage/", desk.coverage, name="coverage"),
    path("dispatch/units/<int:pk>/fairness/", desk.fairness, name="fairness"),
    path("dispatch/units/<int:pk>/what-if/", what_ifs.what_ifs, name="what_ifs"),
    path("dispatch/units/<int:pk>/what-if/ask/", what_ifs.ask_what_if, name="ask_what_if"),
    path("dispatch/units/<int:pk>/what-if/compare/", what_ifs.compare, name="compare"),
    path("dispatch/what-if/<int:pk>/", what_ifs.what_if, name="what_if"),
    path("dispatch/what-if/<int:pk>/remove/", what_ifs.remove_what_if, name="remove_what_if"),
    path("dispatch/units/<int:pk>/ask/", deeds.ask, name="ask"),
    path("dispatch/units/<int:pk>/switch/", settings.switch, name="switch"),
    path("dispatch/plans/<int:pk>/confirm/", deeds.confirm_all, name="confirm_all"),
    path("dispatch/proposals/<int:pk>/confirm/", deeds.confirm, name="confirm"),
    path("dispatch/proposals/<int:pk>/ask_back/", deeds.ask_back, name="ask_back"),
    path("dispatch/proposals/<int:pk>/pin/", deeds.pin, name="pin"),
    path("dispatch/proposals/<int:pk>/unpin/", deeds.unpin, name="unpin"),
    path("dispatch/proposals/<int:pk>/change/", deeds.change, name="change"),
    path("settings/dispatch/", settings.policy, name="policy"),
]
