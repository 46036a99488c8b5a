from __future__ import annotations

from django.urls import path

from baixing.desks import views

app_name = "desks"
urlpatterns = [
    path("", views.front, name="front"),
    path("units/<int:pk>/", views.unit, name="unit"),
    path("today/", views.morning, name="morning"),
    path("board/", views.board, name="board"),
    path("inbox/", views.inbox, name="inbox"),
    path("more/", views.more, name="more"),
]
