from __future__ import annotations

from django.urls import path

from baixing.desks import views

app_name = "desks"
urlpatterns = [
    path("", views.front, name="front"),
    path("units/<int:pk>/", views.unit, name="unit"),
    path("today/", views.morning, name="morning"),
    path("today/calls/", views.calls, name="calls"),
    path("today/calls/print/", views.print_calls, name="print_calls"),
    path("find/", views.find, name="find"),
    path("board/", views.board, name="board"),
    path("inbox/", views.inbox, name="inbox"),
    path("more/", views.more, name="more"),
]
